package dev.tidegate.app.laundering;

import java.util.List;

/**
 * Where training ends and the test begins, in payments sorted by time: 60, 20 and 20 %, cut where a
 * moment begins.
 *
 * @param validationFrom first payment of the validation
 * @param testFrom first payment of the test
 */
record TimeSplit(int validationFrom, int testFrom) {
  private static final double TRAIN = 0.6;
  private static final double TRAIN_AND_VALIDATION = 0.8;

  /** Share of the validation among the payments before the test. */
  static final double VALIDATION_SHARE = 0.25;

  /** Cuts. */
  static TimeSplit of(List<LabelledPayment> payments) {
    return new TimeSplit(cut(payments, TRAIN), cut(payments, TRAIN_AND_VALIDATION));
  }

  private static int cut(List<LabelledPayment> payments, double share) {
    int cut = (int) (payments.size() * share);
    while (cut > 0 && payments.get(cut - 1).timeMs() == payments.get(cut).timeMs()) {
      cut--;
    }
    return cut;
  }
}
