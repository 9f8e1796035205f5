package dev.tidegate.features;

import dev.tidegate.features.history.EntityHistory;
import dev.tidegate.features.history.EntityWindows;
import dev.tidegate.features.history.Event;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.jspecify.annotations.Nullable;

/**
 * Histories on a backend that keeps bytes. Those touched lately stay decoded on the heap, see
 * {@link HeldHistories}: a merchant that half of all payments go to would otherwise be read and
 * written whole with each of them. And a history is seldom written whole: the events it took are
 * appended behind it, which costs the backend some 60 bytes instead of kilobytes, until there are a
 * few.
 *
 * <p>A history that was read passes a short queue first; only one that is asked for again while it
 * is there stays longer. So the many accounts that pay twice a day neither push out the few that
 * come all the time nor grow old on the heap.
 */
final class StoredHistories implements Histories {
  private static final int FEWEST = 8;
  private static final int SHARE = 16;
  private static final int PASSING = 512;
  private static final int PASSING_EVENTS = 65_536;
  private static final int STAYING = 4_096;
  private static final int STAYING_EVENTS = 262_144;

  private final List<EntityPart> parts;
  private final List<EntityWindows> windows;
  private final KeyedStateBackend<Object> backend;
  private final ListState<HistoryPart> state;
  private final HeldHistories passing = new HeldHistories(PASSING, PASSING_EVENTS);
  private final HeldHistories staying = new HeldHistories(STAYING, STAYING_EVENTS);
  private HeldHistories.@Nullable Entry current;

  StoredHistories(
      List<EntityPart> parts,
      List<EntityWindows> windows,
      KeyedStateBackend<Object> backend,
      ListState<HistoryPart> state) {
    this.parts = parts;
    this.windows = windows;
    this.backend = backend;
    this.state = state;
  }

  /** How many events may stand beside a history before it is written whole. */
  static int most(EntityHistory history) {
    int events = history.size() * (history.isTiled() ? 2 : 1);
    return Math.max(FEWEST, events / SHARE);
  }

  @Override
  public EntityHistory current(int entity) throws Exception {
    Object key = backend.getCurrentKey();
    HeldHistories.Entry entry = staying.get(key);
    if (entry == null) {
      entry = passing.get(key);
      if (entry != null) {
        passing.release(entry);
        staying.hold(entry);
      } else {
        entry = read(key, entity);
        makeRoom(); // also where nothing follows that changes a history
      }
    }
    current = entry;
    return entry.history();
  }

  private HeldHistories.Entry read(Object key, int entity) throws Exception {
    StoredParts stored = StoredParts.read(state.get(), windows.get(entity));
    HeldHistories.Entry entry =
        new HeldHistories.Entry(key, entity, stored.history(), stored.added());
    passing.hold(entry);
    return entry;
  }

  @Override
  public void added(Event event) throws Exception {
    HeldHistories.Entry entry = touched();
    EntityPart part = parts.get(entry.entity());
    entry.added(HistoryPart.of(part.noun(), part.layout(), event), most(entry.history()));
    makeRoom();
  }

  @Override
  public void changed() throws Exception {
    touched().rewrite();
    makeRoom();
  }

  private HeldHistories.Entry touched() {
    HeldHistories.Entry entry = current;
    if (entry == null) {
      throw new IllegalStateException("no history was asked for");
    }
    if (staying.get(entry.key()) == entry) {
      staying.changed(entry);
    } else {
      passing.changed(entry);
    }
    return entry;
  }

  private void makeRoom() throws Exception {
    Object key = backend.getCurrentKey();
    HeldHistories.Entry surplus = staying.surplus();
    if (surplus != null) {
      write(surplus);
    }
    shrink(passing);
    shrink(staying);
    restoreKey(key);
  }

  private void shrink(HeldHistories held) throws Exception {
    while (held.isFull()) {
      HeldHistories.Entry oldest = held.dropOldest();
      if (oldest != null) {
        write(oldest);
      }
    }
  }

  private void write(HeldHistories.Entry entry) throws Exception {
    backend.setCurrentKey(entry.key());
    if (entry.isWhole()) {
      state.update(List.of(HistoryPart.of(parts.get(entry.entity()).noun(), entry.history())));
    } else if (!entry.added().isEmpty()) {
      state.addAll(entry.added());
    }
    entry.written();
  }

  @Override
  public void forget(long beforeMs) throws Exception {
    Object key = backend.getCurrentKey();
    HeldHistories held = staying.get(key) != null ? staying : passing;
    HeldHistories.Entry entry = held.get(key);
    long newestMs = entry == null ? StoredParts.newestMs(state.get()) : entry.history().newestMs();
    if (newestMs < beforeMs) {
      if (entry != null) {
        held.release(entry);
      }
      state.clear();
    }
  }

  @Override
  public void flush() throws Exception {
    Object key = backend.getCurrentKey();
    flush(passing);
    flush(staying);
    restoreKey(key);
  }

  private void flush(HeldHistories held) throws Exception {
    for (var entry = held.nextUnwritten(); entry != null; entry = held.nextUnwritten()) {
      write(entry);
    }
  }

  private void restoreKey(@Nullable Object key) {
    if (key != null && backend.getCurrentKey() != key) {
      backend.setCurrentKey(key);
    }
  }

  @Override
  public int held() {
    return passing.size() + staying.size();
  }
}
