package dev.tidegate.benchmarks.handbook;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a run of {@code bench handbook} found; what {@code --json} writes.
 *
 * @param machine where and when
 * @param settings what was asked, and of which catalogue and parameters
 * @param splits the dates
 * @param protocols the protocols that were asked for
 * @param ablation what each family is worth; null if it was left out
 */
public record HandbookReport(
    Map<String, Object> machine,
    Map<String, Object> settings,
    List<Dates> splits,
    List<ProtocolFigures> protocols,
    @Nullable Ablation ablation) {
  /**
   * A split; ends are exclusive, UTC.
   *
   * @param split its name
   * @param trainSince first moment that trains
   * @param trainUntil first moment that no longer trains
   * @param testSince first moment that is judged
   * @param testUntil first moment that is no longer judged
   */
  public record Dates(
      String split, String trainSince, String trainUntil, String testSince, String testUntil) {
    static Dates of(Split split) {
      return new Dates(
          split.name(),
          split.train().since().toString(),
          split.train().until().toString(),
          split.test().since().toString(),
          split.test().until().toString());
    }
  }
}
