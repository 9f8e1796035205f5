package dev.tidegate.scoring.reasons;

import dev.tidegate.scoring.forest.Forest;
import java.util.Arrays;

/** By Shapley values, exactly: the groups' parts and the expected margin add up to the margin. */
final class TreeAttribution implements Attribution {
  private final TreeShap shap;
  private final int width;

  TreeAttribution(Forest forest) {
    this.shap = new TreeShap(forest);
    this.width = forest.features();
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public Parts of(float[] row, int[] groups, int count) {
    double[] added = shap.contributions(row);
    double[] sums = new double[count];
    int[] heaviest = new int[count];
    Arrays.fill(heaviest, -1);
    for (int i = 0; i < added.length; i++) {
      int group = groups[i];
      sums[group] += added[i];
      if (heaviest[group] < 0 || added[i] > added[heaviest[group]]) {
        heaviest[group] = i;
      }
    }
    double margin = shap.expectedMargin() + Arrays.stream(added).sum();
    return new Parts(shap.expectedMargin(), margin, sums, heaviest);
  }
}
