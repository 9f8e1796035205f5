package dev.tidegate.graphaml.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Blocks of the arena against a map, while pages are emptied, freed midway and used again. */
class ArenaTest {
  private static final int PAGE_BITS = 6;

  private final Arena arena = new Arena(PAGE_BITS);
  private final Map<Integer, Integer> owners = new HashMap<>();
  private final List<Integer> blocks = new ArrayList<>();
  private final Random random = new Random(11);
  private int owned;

  @Test
  void shouldNameLivingBlocksAloneWhateverIsGivenBackMeanwhile() {
    for (int step = 0; step < 200_000; step++) {
      if (blocks.size() < 20 || random.nextInt(100) < (step % 5_000 < 2_500 ? 60 : 45)) {
        take(owned++, 1 + random.nextInt(random.nextInt(20) == 0 ? 40 : 14));
      } else {
        give(blocks.get(random.nextInt(blocks.size())));
      }
      if (random.nextInt(50) == 0) {
        givePage(blocks.get(random.nextInt(blocks.size())) >>> PAGE_BITS);
      }
      for (int i = 0; i < 2; i++) {
        move();
      }
    }
    assertThat(owned).isGreaterThan(90_000);
    owners.forEach((block, owner) -> assertThat(arena.owner(block)).isEqualTo(owner));
  }

  private void take(int owner, int size) {
    int block = arena.take(owner, size);
    assertThat(owners.put(block, owner)).isNull();
    blocks.add(block);
    // Content that would be a word of a huge block if it were taken for one.
    for (int i = 0; i < size; i++) {
      arena.pageOf(block)[arena.offset(block) + i] = Integer.MAX_VALUE;
    }
  }

  private void give(Integer block) {
    assertThat(owners.remove(block)).isNotNull();
    blocks.remove(block);
    arena.give(block);
  }

  private void givePage(int page) {
    List.copyOf(blocks).stream().filter(block -> block >>> PAGE_BITS == page).forEach(this::give);
  }

  private void move() {
    int block = arena.nextToMove();
    if (block != Arena.NONE) {
      assertThat(owners).containsKey(block);
      assertThat(arena.owner(block)).isEqualTo(owners.get(block));
      int size = arena.size(block);
      assertThat(size).isBetween(1, 40);
      take(owners.get(block), size);
      give(block);
    }
  }
}
