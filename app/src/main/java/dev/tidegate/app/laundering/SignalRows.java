package dev.tidegate.app.laundering;

import dev.tidegate.graphaml.temporal.CurrencyRule;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.TimeWindow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What can be known of each payment when it is made (by the end of its day, where times are whole
 * days): the payment itself, and after it the graph's signals, their relations, and what its ends
 * got from and paid to the world outside.
 */
final class SignalRows {
  /** Names of the payment's own values, which stand first. */
  static final List<String> OWN =
      List.of("amount", "channel", "currency", "hour", "minute_of_day", "day_of_week", "day");

  private static final long LONGEST_DAYS = 30;
  private static final long MEMORY_DAYS = 400;
  private static final long DAY_MS = 86_400_000L;
  private static final long MINUTE_MS = 60_000L;
  private static final int MINUTES_PER_HOUR = 60;
  // 1 January 1970 was a Thursday.
  private static final int FIRST_DAY_OF_WEEK = 3;
  private static final int DAYS_PER_WEEK = 7;

  private final List<String> names;
  private final float[][] rows;

  private SignalRows(List<String> names, int count) {
    this.names = names;
    rows = new float[count][];
  }

  /** Asks the graph about every payment of a set, in its order. */
  static SignalRows of(LaunderingSet set, GraphSettings settings) {
    CausalFeed feed = new CausalFeed(set, settings);
    Relations relations = new Relations(settings, feed.layout());
    List<String> words = new ArrayList<>(OWN);
    words.addAll(feed.layout().names());
    words.addAll(relations.names());
    words.addAll(set.outside().names());
    SignalRows signals = new SignalRows(List.copyOf(words), set.payments().size());
    feed.each((place, findings) -> signals.put(place, set, findings.values(), relations));
    return signals;
  }

  /**
   * The defaults with windows of 1, 7 and 30 days, no disorder, and accounts remembered for 400
   * days; amounts of all currencies are taken as they are.
   */
  static GraphSettings settings(List<String> currencies) {
    GraphSettings defaults = GraphSettings.defaults();
    long day = TimeWindow.DAY.ms();
    CurrencyRule rule = defaults.currencies().get(0);
    return new GraphSettings(
        List.of(TimeWindow.DAY, TimeWindow.WEEK, new TimeWindow("30d", LONGEST_DAYS * day)),
        new GraphSettings.Horizons(0, MEMORY_DAYS * day, day),
        defaults.limits(),
        defaults.tolerance(),
        currencies.stream()
            .map(
                code ->
                    new CurrencyRule(
                        code, 1, rule.limitMinor(), rule.marginShare(), rule.roundMinor()))
            .toList());
  }

  private void put(int place, LaunderingSet set, double[] signals, Relations relations) {
    LabelledPayment payment = set.payments().get(place);
    float[] row = new float[names.size()];
    own(payment, row);
    int at = OWN.size();
    for (double value : signals) {
      row[at++] = (float) value;
    }
    relations.fill(payment, signals, row, at);
    set.outside().fill(payment, row, at + relations.names().size());
    rows[place] = row;
  }

  private static void own(LabelledPayment payment, float[] row) {
    long minute = Math.floorMod(payment.timeMs(), DAY_MS) / MINUTE_MS;
    long day = Math.floorDiv(payment.timeMs(), DAY_MS);
    row[0] = payment.amountMinor();
    row[1] = payment.channel();
    row[2] = payment.currency();
    row[3] = Math.toIntExact(minute / MINUTES_PER_HOUR);
    row[4] = minute;
    row[5] = Math.floorMod(day + FIRST_DAY_OF_WEEK, (long) DAYS_PER_WEEK);
    row[6] = dayOfMonth(day);
  }

  private static float dayOfMonth(long day) {
    return LocalDate.ofEpochDay(day).getDayOfMonth();
  }

  /** Names of the values, the payment's own first. */
  List<String> names() {
    return names;
  }

  /** Values of one payment; not a number where there is none. */
  float[] row(int payment) {
    return rows[payment];
  }
}
