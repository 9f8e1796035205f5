package dev.tidegate.benchmarks.drift;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a run of {@code bench drift} found; what {@code --json} writes.
 *
 * @param machine where and when
 * @param settings what was asked
 * @param rates detectors at base rates
 * @param streams detectors over the errors of naive Bayes on labelled streams; empty without the
 *     data set
 * @param throughput kernels of all monitors together; null if left out
 * @param topologies what they cost over a broker; null if left out
 */
public record DriftReport(
    Map<String, Object> machine,
    Map<String, Object> settings,
    List<RateRow> rates,
    List<StreamRow> streams,
    MonitorLoad.@Nullable Throughput throughput,
    TopologyLoad.@Nullable Throughput topologies) {
  /**
   * A detector at a base rate.
   *
   * @param detector its name
   * @param ours whether it is one of ours
   * @param baseRate share of positives before any change
   * @param promised average run length that it promises; 0 for none
   * @param runLength what was measured
   * @param delays of rises, by how much
   * @param missed rises without an alarm, all runs together
   */
  public record RateRow(
      String detector,
      boolean ours,
      double baseRate,
      double promised,
      RateTrial.RunLength runLength,
      List<RateTrial.Delay> delays,
      int missed) {}

  /**
   * A detector over all streams of a kind.
   *
   * @param detector its name
   * @param ours whether it is one of ours
   * @param abruptHits changes told of the abrupt streams
   * @param abruptPoints changes there are
   * @param gradualHits changes told of the gradual streams
   * @param gradualPoints changes there are
   * @param falseAlarmsAStream mean over all streams
   * @param meanDelay rows from point to hit, over all hits; NaN without one
   * @param streams each stream
   */
  public record StreamRow(
      String detector,
      boolean ours,
      int abruptHits,
      int abruptPoints,
      int gradualHits,
      int gradualPoints,
      double falseAlarmsAStream,
      double meanDelay,
      List<StreamTrial> streams) {}

  /** Rises that ours missed, all settings, rates and runs together. */
  @JsonProperty
  public int missed() {
    return rates.stream().filter(RateRow::ours).mapToInt(RateRow::missed).sum();
  }

  /** Whether ours kept the promised run length at each setting and rate. */
  @JsonProperty
  public boolean keepsPromise() {
    return rates.stream().filter(RateRow::ours).allMatch(r -> r.runLength().keepsPromise());
  }
}
