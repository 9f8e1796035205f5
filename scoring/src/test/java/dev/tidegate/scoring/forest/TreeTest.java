package dev.tidegate.scoring.forest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TreeTest {
  @Test
  void shouldKnowItsDepthAndLeaveNodesThatNobodyReachesAlone() {
    Tree tree = tree(new int[] {1, -1, -1, -1}, new int[] {2, -1, -1, -1});

    assertThat(tree.depth()).isEqualTo(1);
    assertThat(tree(new int[] {-1}, new int[] {-1}).depth()).isZero();
  }

  @Test
  void shouldRefuseALoopAndANodeWithTwoParents() {
    assertThatThrownBy(() -> tree(new int[] {1, 0, -1}, new int[] {2, 2, -1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no proper child 0");
    assertThatThrownBy(() -> tree(new int[] {1, -1}, new int[] {1, -1}))
        .hasMessageContaining("no proper child 1");
  }

  @Test
  void shouldRefuseAForestThatComparesAFeatureItDoesNotHave() {
    Tree tree = tree(new int[] {1, -1, -1}, new int[] {2, -1, -1});

    assertThatThrownBy(() -> new Forest(3, 0, List.of(tree)))
        .hasMessageContaining("feature 3 of 3");
    assertThatThrownBy(() -> new Forest(4, Float.NaN, List.of(tree)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Tree tree(int[] left, int[] right) {
    int nodes = left.length;
    int[] feature = new int[nodes];
    feature[0] = 3;
    return new Tree(left, right, feature, new float[nodes], new boolean[nodes], new float[nodes]);
  }
}
