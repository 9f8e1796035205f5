package dev.tidegate.scoring.decide;

import dev.tidegate.schemas.event.Transaction;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Bands by segment, where a segment is the payments of one channel: cards and transfers differ in
 * how much fraud they see and in what an alert costs.
 *
 * @param byChannel bands of channels that have their own
 * @param others bands of all other payments
 */
public record SegmentBands(Map<String, ScoreBands> byChannel, ScoreBands others) {
  /** Takes a copy. */
  public SegmentBands {
    byChannel = Map.copyOf(byChannel);
  }

  /** The same bands for all. */
  public static SegmentBands everywhere(ScoreBands bands) {
    return new SegmentBands(Map.of(), bands);
  }

  /** The same with bands of a channel's own. */
  public SegmentBands with(String channel, ScoreBands bands) {
    Map<String, ScoreBands> more = new HashMap<>(byChannel);
    more.put(channel, bands);
    return new SegmentBands(more, others);
  }

  /** The bands of a payment. */
  ScoreBands of(Transaction payment) {
    String channel = payment.getChannel();
    return byChannel.isEmpty() || channel == null
        ? others
        : byChannel.getOrDefault(channel, others);
  }

  /**
   * The lowest threshold that keeps alerts within a budget: at most so many of the scores are at or
   * above it. Running time O(n log n).
   *
   * @param scores of payments like those to come, in any order; NaN counts as a payment that is not
   *     alerted
   * @param percent share of payments that may be alerted, 0 to 100
   * @return a score in [0, 1], or the next number above the highest score if even that is shared by
   *     too many
   */
  public static double thresholdFor(double[] scores, double percent) {
    if (!(percent >= 0 && percent <= 100)) {
      throw new IllegalArgumentException("the alert budget must be in [0, 100]: " + percent);
    }
    double[] sorted =
        Arrays.stream(scores).filter(score -> !Double.isNaN(score)).sorted().toArray();
    int allowed = (int) Math.floor(scores.length * percent / 100 + 1e-9);
    if (allowed >= sorted.length) {
      return 0;
    }
    double firstLeftOut = sorted[sorted.length - 1 - allowed];
    return Math.nextUp(firstLeftOut);
  }
}
