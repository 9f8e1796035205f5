package dev.tidegate.benchmarks.scoring;

import dev.tidegate.scoring.forest.Forest;
import dev.tidegate.scoring.forest.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Trees filled to their depth with seeded numbers, for sizes that would take hours to learn. What a
 * row costs depends on the number of trees and their depth, not on what they say; that ways through
 * the tree are random makes it the hard case for caches.
 */
final class FullTrees {
  private FullTrees() {}

  static Forest of(int trees, int depth, int width, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Tree> all = new ArrayList<>(trees);
    for (int i = 0; i < trees; i++) {
      all.add(tree(depth, width, random));
    }
    return new Forest(width, 0, all);
  }

  private static Tree tree(int depth, int width, SplittableRandom random) {
    int inner = (1 << depth) - 1;
    int nodes = 2 * inner + 1;
    int[] left = new int[nodes];
    int[] right = new int[nodes];
    int[] feature = new int[nodes];
    float[] value = new float[nodes];
    boolean[] missingLeft = new boolean[nodes];
    float[] cover = new float[nodes];
    Arrays.fill(cover, 1);
    for (int node = 0; node < nodes; node++) {
      boolean leaf = node >= inner;
      left[node] = leaf ? Tree.NONE : 2 * node + 1;
      right[node] = leaf ? Tree.NONE : 2 * node + 2;
      feature[node] = leaf ? 0 : random.nextInt(width);
      value[node] = (float) (random.nextGaussian() * (leaf ? 0.01 : 1));
      missingLeft[node] = random.nextBoolean();
    }
    return new Tree(left, right, feature, value, missingLeft, cover);
  }
}
