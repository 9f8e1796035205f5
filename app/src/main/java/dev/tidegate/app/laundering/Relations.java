package dev.tidegate.app.laundering;

import dev.tidegate.graphaml.temporal.CurrencyRule;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.SignalLayout;
import dev.tidegate.graphaml.temporal.TimeWindow;
import java.util.ArrayList;
import java.util.List;

/**
 * Signals set against each other, which trees would need many splits for: in each window the
 * payment's share of what each side of its ends moved, its amount over that side's mean, and
 * payments a peer. Amounts are in the base currency, as the sums of the graph are.
 */
final class Relations {
  private static final List<String> SIDES =
      List.of("source_out", "source_in", "target_out", "target_in");
  private static final int VALUES = 3;

  private final List<String> names = new ArrayList<>();
  private final int[] counts;
  private final List<CurrencyRule> currencies;

  /** Of the windows of some settings. */
  Relations(GraphSettings settings, SignalLayout layout) {
    currencies = settings.currencies();
    List<Integer> places = new ArrayList<>();
    for (TimeWindow window : settings.windows()) {
      for (String side : SIDES) {
        String suffix = "_" + window.word();
        places.add(layout.names().indexOf(side + "_count" + suffix));
        names.add("amount_share_" + side + suffix);
        names.add("amount_over_mean_" + side + suffix);
        names.add("payments_per_peer_" + side + suffix);
      }
    }
    counts = places.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Names, in the order of the values. */
  List<String> names() {
    return names;
  }

  /** Sets the values of a payment in its row. */
  void fill(LabelledPayment payment, double[] signals, float[] row, int from) {
    double value = currencies.get(payment.currency()).value(payment.amountMinor());
    for (int i = 0; i < counts.length; i++) {
      // A side's count, amount and fan stand one after the other.
      double count = signals[counts[i]];
      double amount = signals[counts[i] + 1];
      double fan = signals[counts[i] + 2];
      int at = from + VALUES * i;
      row[at] = ratio(value, amount);
      row[at + 1] = ratio(value * count, amount);
      row[at + 2] = ratio(count, fan);
    }
  }

  private static float ratio(double of, double to) {
    return to == 0 ? Float.NaN : (float) (of / to);
  }
}
