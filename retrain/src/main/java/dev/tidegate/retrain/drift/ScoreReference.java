package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.stability.FeatureReference;
import dev.tidegate.retrain.stability.HourlyHistogram;
import dev.tidegate.scoring.release.Manifest;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the scores of a release looked like when it was made.
 *
 * @param release the release
 * @param bins cells of its scores
 * @param counts rows in each cell
 * @param hours the same by hour of the week; null where the release does not tell
 */
public record ScoreReference(
    String release, ScoreBins bins, List<Long> counts, @Nullable HourlyHistogram hours) {
  /** Name of the score in a release's {@code reference.json}; no feature may have it. */
  public static final String NAME = "score";

  // Ten rows a cell: below, chi-square is a poor guide to PSI's tail.
  private static final int LEAST = 10 * ScoreBins.CELLS;

  /** One that does not tell hours apart. */
  public ScoreReference(String release, ScoreBins bins, List<Long> counts) {
    this(release, bins, counts, null);
  }

  /** Checks the number of cells. */
  public ScoreReference {
    counts = List.copyOf(counts);
    if (counts.size() != ScoreBins.CELLS || counts.stream().allMatch(c -> c == 0)) {
      throw new IllegalArgumentException(
          "the reference of "
              + release
              + " needs rows in "
              + ScoreBins.CELLS
              + " cells: "
              + counts);
    }
  }

  /**
   * The reference that stands in a release's manifest, by hour of the week where its file of
   * references has the score too.
   */
  public static ScoreReference of(Manifest manifest, List<FeatureReference> references) {
    ScoreReference whole = of(manifest);
    return references.stream()
        .filter(one -> one.name().equals(NAME) && one.bins() != null)
        .findFirst()
        .map(
            one ->
                new ScoreReference(
                    whole.release,
                    Objects.requireNonNull(one.bins()),
                    Arrays.stream(one.histogram().total()).boxed().toList(),
                    one.histogram()))
        .orElse(whole);
  }

  /** The reference that stands in a release's manifest. */
  public static ScoreReference of(Manifest manifest) {
    return new ScoreReference(
        manifest.release(),
        ScoreBins.of(manifest.referenceScores().edges()),
        manifest.referenceScores().counts());
  }

  /** Rows behind the reference. */
  public long rows() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }

  /** What to compare a window with: the hours of the week that it spans, as far as they tell. */
  long[] histogram(long firstMs, long lastMs) {
    return hours == null
        ? counts.stream().mapToLong(Long::longValue).toArray()
        : hours.between(firstMs, lastMs, LEAST);
  }
}
