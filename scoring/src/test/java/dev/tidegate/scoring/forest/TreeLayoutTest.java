package dev.tidegate.scoring.forest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Both layouts give the bits of a plain walk, whatever the trees and the batch. */
final class TreeLayoutTest {
  private static final int WIDTH = 5;

  @Property(tries = 300)
  void shouldWalkAsTheTreesSay(@ForAll long seed, @ForAll @IntRange(min = 0, max = 9) int trees) {
    Forest forest = RandomForests.ragged(WIDTH, trees, 12, seed);
    float[] rows = RandomForests.rows(forest, 5, seed);

    assertThat(margins(new LinkedTrees(forest), forest, rows)).isEqualTo(walked(forest, rows));
    if (forest.depth() <= PerfectTrees.DEEPEST) {
      assertThat(margins(new PerfectTrees(forest), forest, rows)).isEqualTo(walked(forest, rows));
    }
  }

  @Property(tries = 5)
  void shouldFillUpDeepTreesThatAreNearlyFull(@ForAll long seed) {
    Forest full = RandomForests.perfect(WIDTH, 3, PerfectTrees.DEEPEST_FULL, seed);
    float[] rows = RandomForests.rows(full, 5, seed);

    assertThat(TreeLayout.of(full)).isInstanceOf(PerfectTrees.class);
    assertThat(margins(TreeLayout.of(full), full, rows)).isEqualTo(walked(full, rows));
    assertThat(TreeLayout.of(RandomForests.chains(WIDTH, 3, PerfectTrees.DEEPEST_FULL, seed)))
        .isInstanceOf(LinkedTrees.class);
  }

  @Property(tries = 20)
  void shouldWalkDeepTreesAsTheySay(@ForAll long seed) {
    Forest forest = RandomForests.chains(WIDTH, 5, 40, seed);
    float[] rows = RandomForests.rows(forest, 20, seed);

    assertThat(TreeLayout.of(forest)).isInstanceOf(LinkedTrees.class);
    assertThat(margins(TreeLayout.of(forest), forest, rows)).isEqualTo(walked(forest, rows));
  }

  @Property
  void shouldCompareKeysAsFloats(
      @ForAll float threshold, @ForAll float value, @ForAll boolean missingLeft) {
    for (float x :
        new float[] {
          value, threshold, -value, Math.nextDown(threshold), Float.NaN, 1 / 0f, -1 / 0f
        }) {
      int[] keys = new int[4];
      FloatKeys.write(new float[] {1, x}, 0, 2, keys, 0);
      long node = FloatKeys.node(threshold, FloatKeys.slot(1, missingLeft));
      boolean left = Float.isNaN(x) ? missingLeft : x < threshold;
      assertThat(FloatKeys.right(node, keys, 0)).as("%s, %s", x, threshold).isEqualTo(left ? 0 : 1);
    }
  }

  private static float[] margins(TreeLayout layout, Forest forest, float[] rows) {
    int count = rows.length / WIDTH;
    int[] keys = new int[2 * rows.length];
    FloatKeys.write(rows, 0, rows.length, keys, 0);
    float[] margins = new float[count];
    Arrays.fill(margins, forest.baseMargin());
    layout.addLeaves(keys, 2 * WIDTH, count, margins);
    return margins;
  }

  private static float[] walked(Forest forest, float[] rows) {
    float[] margins = new float[rows.length / WIDTH];
    for (int i = 0; i < margins.length; i++) {
      margins[i] =
          RandomForests.margin(forest, Arrays.copyOfRange(rows, i * WIDTH, (i + 1) * WIDTH));
    }
    return margins;
  }
}
