package dev.tidegate.ingest.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.ingest.door.SeenIds.Answer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SeenIdsTest {
  @Property(tries = 200)
  void shouldEqualAMap(@ForAll @Size(max = 3_000) List<@IntRange(max = 2_000) Integer> ids) {
    SeenIds seen = new SeenIds(1_000_000);
    Map<Integer, Integer> oracle = new HashMap<>();
    int content = 0;
    for (int id : ids) {
      int value = content++ % 3;
      Integer known = oracle.putIfAbsent(id, value);
      Answer expected = known == null ? Answer.FRESH : known == value ? Answer.SAME : Answer.OTHER;
      assertThat(seen.see(id * 4_096L, id + 1L, value)).isEqualTo(expected);
    }
  }

  @Test
  void shouldGrowAndStillKnowAll() {
    SeenIds seen = new SeenIds(1_000_000);
    for (long i = 1; i <= 50_000; i++) {
      assertThat(seen.see(i, i, i)).isEqualTo(Answer.FRESH);
    }
    for (long i = 1; i <= 50_000; i++) {
      assertThat(seen.see(i, i, i)).isEqualTo(Answer.SAME);
    }
  }

  @Test
  void shouldForgetOnlyBeyondItsCapacity() {
    SeenIds seen = new SeenIds(100);
    for (long i = 1; i <= 250; i++) {
      seen.see(i, i, 0);
    }
    for (long i = 151; i <= 250; i++) {
      assertThat(seen.see(i, i, 1)).as("id %d", i).isEqualTo(Answer.OTHER);
    }
    assertThat(seen.see(1, 1, 1)).isEqualTo(Answer.FRESH);
  }

  @Test
  void shouldHashByKeyAndByEveryCharacter() {
    KeyedHash one = new KeyedHash(TokenKey.of("0123456789abcdef".getBytes(StandardCharsets.UTF_8)));
    KeyedHash other =
        new KeyedHash(TokenKey.of("0123456789abcdeg".getBytes(StandardCharsets.UTF_8)));
    Set<Long> hashes = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      hashes.add(first(one, String.valueOf(i)));
      hashes.add(first(other, String.valueOf(i)));
    }
    assertThat(hashes).hasSize(40_000);
    assertThat(first(one, "a")).isEqualTo(first(one, "a")).isNotEqualTo(first(one, "a\0"));
  }

  private static long first(KeyedHash hash, String text) {
    hash.start();
    hash.add(text);
    return hash.first();
  }
}
