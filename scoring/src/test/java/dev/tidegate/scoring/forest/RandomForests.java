package dev.tidegate.scoring.forest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Forests with seeded shapes and numbers, and the plain way to score one. */
public final class RandomForests {
  private RandomForests() {}

  /** Trees filled to one depth; a missing value goes left on even nodes. */
  public static Forest perfect(int width, int trees, int depth, long seed) {
    Random random = new Random(seed);
    List<Tree> grown = new ArrayList<>();
    for (int i = 0; i < trees; i++) {
      grown.add(new Growing(random, width).perfect(depth));
    }
    return new Forest(width, 0.25f, grown);
  }

  /** Trees of any shape with up to some splits; some ways end at the root. */
  public static Forest ragged(int width, int trees, int splits, long seed) {
    Random random = new Random(seed);
    List<Tree> grown = new ArrayList<>();
    for (int i = 0; i < trees; i++) {
      grown.add(new Growing(random, width).ragged(random.nextInt(splits + 1)));
    }
    return new Forest(width, (float) random.nextGaussian(), grown);
  }

  /** Trees that are one long way, deeper than any that is filled up. */
  public static Forest chains(int width, int trees, int depth, long seed) {
    Random random = new Random(seed);
    List<Tree> grown = new ArrayList<>();
    for (int i = 0; i < trees; i++) {
      grown.add(new Growing(random, width).chain(depth));
    }
    return new Forest(width, -1, grown);
  }

  /** Log odds of one row, node by node, added as float32 in order. */
  public static float margin(Forest forest, float[] row) {
    float margin = forest.baseMargin();
    for (Tree tree : forest.trees()) {
      int node = 0;
      while (!tree.leaf(node)) {
        node = tree.goesLeft(node, row[tree.feature(node)]) ? tree.left(node) : tree.right(node);
      }
      margin += tree.value(node);
    }
    return margin;
  }

  /** Probabilities of whole rows. */
  public static double[] scores(Forest forest, float[] rows) {
    double[] scores = new double[rows.length / forest.features()];
    for (int i = 0; i < scores.length; i++) {
      float[] row = Arrays.copyOfRange(rows, i * forest.features(), (i + 1) * forest.features());
      scores[i] = 1 / (1 + Math.exp(-margin(forest, row)));
    }
    return scores;
  }

  /**
   * Rows of about N(0, 1), one value in eight missing; for every fifth node of the forest a row
   * exactly on its threshold and one float to each side; both zeros; all missing.
   */
  public static float[] rows(Forest forest, int count, long seed) {
    Random random = new Random(seed);
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row(forest.features(), random));
    }
    int seen = 0;
    for (Tree tree : forest.trees()) {
      for (int node = 0; node < tree.nodes(); node++) {
        if (!tree.leaf(node) && seen++ % 5 == 0) {
          float at = tree.value(node);
          for (float value : new float[] {at, Math.nextUp(at), Math.nextDown(at)}) {
            float[] row = row(forest.features(), random);
            row[tree.feature(node)] = Float.isFinite(value) ? value : Float.MAX_VALUE;
            rows.add(row);
          }
        }
      }
    }
    for (float value : new float[] {Float.NaN, 0f, -0f}) {
      float[] row = new float[forest.features()];
      Arrays.fill(row, value);
      rows.add(row);
    }
    return flat(rows, forest.features());
  }

  private static float[] flat(List<float[]> rows, int width) {
    float[] flat = new float[rows.size() * width];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, flat, i * width, width);
    }
    return flat;
  }

  private static float[] row(int width, Random random) {
    float[] row = new float[width];
    for (int i = 0; i < width; i++) {
      row[i] = random.nextInt(8) == 0 ? Float.NaN : (float) random.nextGaussian();
    }
    return row;
  }

  /** One tree while it grows; covers are what random rows would leave. */
  private static final class Growing {
    private final Random random;
    private final int width;
    private final List<int[]> links = new ArrayList<>();
    private final List<Float> values = new ArrayList<>();
    private final List<Float> covers = new ArrayList<>();

    private Growing(Random random, int width) {
      this.random = random;
      this.width = width;
      leaf(1 + random.nextInt(1000));
    }

    private void leaf(float cover) {
      links.add(new int[] {Tree.NONE, Tree.NONE, 0});
      values.add((float) random.nextGaussian() * 0.1f);
      covers.add(cover);
    }

    private void split(int node) {
      float share = 0.05f + 0.9f * random.nextFloat();
      float cover = covers.get(node);
      links.set(node, new int[] {links.size(), links.size() + 1, random.nextInt(width)});
      values.set(node, random.nextInt(20) == 0 ? 0f : (float) random.nextGaussian());
      leaf(cover * share);
      leaf(cover * (1 - share));
    }

    private Tree perfect(int depth) {
      for (int node = 0; node < (1 << depth) - 1; node++) {
        split(node);
      }
      return tree();
    }

    private Tree ragged(int splits) {
      for (int i = 0; i < splits; i++) {
        int node = random.nextInt(links.size());
        if (links.get(node)[0] == Tree.NONE) {
          split(node);
        }
      }
      return tree();
    }

    private Tree chain(int depth) {
      int node = 0;
      for (int i = 0; i < depth; i++) {
        split(node);
        node = links.get(node)[random.nextInt(2)];
      }
      return tree();
    }

    private Tree tree() {
      int nodes = links.size();
      boolean[] missingLeft = new boolean[nodes];
      float[] value = new float[nodes];
      float[] cover = new float[nodes];
      for (int i = 0; i < nodes; i++) {
        missingLeft[i] = i % 2 == 0;
        value[i] = values.get(i);
        cover[i] = covers.get(i);
      }
      return new Tree(column(0), column(1), column(2), value, missingLeft, cover);
    }

    private int[] column(int which) {
      return links.stream().mapToInt(link -> link[which]).toArray();
    }
  }
}
