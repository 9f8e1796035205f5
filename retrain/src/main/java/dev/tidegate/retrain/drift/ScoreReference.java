package dev.tidegate.retrain.drift;

import dev.tidegate.scoring.release.Manifest;
import java.util.List;

/**
 * What the scores of a release looked like when it was made.
 *
 * @param release the release
 * @param bins cells of its scores
 * @param counts rows in each cell
 */
public record ScoreReference(String release, ScoreBins bins, List<Long> counts) {
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

  long[] histogram() {
    return counts.stream().mapToLong(Long::longValue).toArray();
  }
}
