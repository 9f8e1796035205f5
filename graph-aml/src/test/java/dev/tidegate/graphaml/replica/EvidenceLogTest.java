package dev.tidegate.graphaml.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Streams;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EvidenceLogTest {
  private static final GraphSettings SETTINGS = Streams.unbounded(12);

  /** Chunks in a map, as a state backend would keep them. */
  private static final class HeapStore implements EvidenceLog.Store {
    private final Map<Long, long[]> chunks = new HashMap<>();
    private long @Nullable [] header;

    @Override
    public long @Nullable [] header() {
      return header;
    }

    @Override
    public void putHeader(long[] put) {
      header = put;
    }

    @Override
    public long[] chunk(long number) {
      return Objects.requireNonNull(chunks.get(number));
    }

    @Override
    public void putChunk(long number, long[] chunk) {
      chunks.put(number, chunk);
    }

    @Override
    public void removeChunk(long number) {
      chunks.remove(number);
    }
  }

  @Test
  void shouldLetEachPaymentGoOnceAndNoneThatASearchMayFind() {
    HeapStore store = new HeapStore();
    Set<Long> gone = new HashSet<>();
    EvidenceLog log = new EvidenceLog(SETTINGS, store, id -> assertThat(gone.add(id)).isTrue());
    for (int id = 0; id < 20_000; id++) {
      if (id % 777 == 0) {
        log.flush();
        log = new EvidenceLog(SETTINGS, store, lost -> assertThat(gone.add(lost)).isTrue());
        assertThat(log.newestMs()).isEqualTo(id == 0 ? Long.MIN_VALUE : id - 1);
      }
      log.added(id, id);
      assertThat(gone.size()).isLessThanOrEqualTo((int) Math.max(0, id - SETTINGS.retentionMs()));
    }
    // Ids are times, and leave oldest first: so many gone are the oldest.
    assertThat(gone.stream().mapToLong(id -> id).max()).hasValue(gone.size() - 1);
    long most = SETTINGS.retentionMs() + 2 * EvidenceLog.FULL;
    assertThat(20_000 - gone.size()).isLessThanOrEqualTo((int) most);
    assertThat(store.chunks).hasSizeLessThan(6);
  }
}
