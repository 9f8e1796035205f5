package dev.tidegate.features;

import dev.tidegate.features.history.EntityHistory;
import dev.tidegate.features.history.EntityWindows;
import dev.tidegate.features.history.Event;
import dev.tidegate.features.history.Layout;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.jspecify.annotations.Nullable;

/**
 * Histories on a backend that keeps bytes. Those touched lately stay decoded on the heap, see
 * {@link HeldHistories}: a merchant that half of all payments go to would otherwise be read and
 * written whole with each of them. And a history is seldom written whole: the events it took are
 * appended beside it, which costs the backend some 60 bytes instead of kilobytes, until there are a
 * few.
 */
final class StoredHistories implements Histories {
  private static final int FEWEST = 8;
  private static final int SHARE = 16;

  private final Layout layout;
  private final EntityWindows windows;
  private final KeyedStateBackend<Object> backend;
  private final ValueState<EntityHistory> histories;
  private final ListState<AddedEvent> additions;
  private final HeldHistories held = new HeldHistories();
  private HeldHistories.@Nullable Entry current;

  /** Flink's states of one task. */
  record States(
      KeyedStateBackend<Object> backend,
      ValueState<EntityHistory> histories,
      ListState<AddedEvent> additions) {}

  StoredHistories(Layout layout, EntityWindows windows, States states) {
    this.layout = layout;
    this.windows = windows;
    this.backend = states.backend();
    this.histories = states.histories();
    this.additions = states.additions();
  }

  /** How many events may stand beside a history before it is written whole. */
  static int most(EntityHistory history) {
    int events = history.size() * (history.isTiled() ? 2 : 1);
    return Math.max(FEWEST, events / SHARE);
  }

  @Override
  public EntityHistory current() throws Exception {
    Object key = backend.getCurrentKey();
    HeldHistories.Entry entry = held.get(key);
    if (entry == null) {
      entry = read(key);
    }
    current = entry;
    return entry.history();
  }

  private HeldHistories.Entry read(Object key) throws Exception {
    EntityHistory known = histories.value();
    EntityHistory history = known == null ? windows.empty() : windows.adopt(known);
    int stored = 0;
    Iterable<AddedEvent> added = additions.get();
    if (added != null) {
      for (AddedEvent event : added) {
        windows.replay(history, windows.adopt(event.layout(), event.event()));
        stored++;
      }
    }
    return held.add(key, history, stored);
  }

  @Override
  public void added(Event event) throws Exception {
    HeldHistories.Entry entry = touched();
    entry.added(new AddedEvent(layout, event), most(entry.history()));
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
    held.changed(entry);
    return entry;
  }

  private void makeRoom() throws Exception {
    Object key = backend.getCurrentKey();
    HeldHistories.Entry surplus = held.surplus();
    if (surplus != null) {
      write(surplus);
    }
    while (held.isFull()) {
      HeldHistories.Entry oldest = held.dropOldest();
      if (oldest != null) {
        write(oldest);
      }
    }
    restoreKey(key);
  }

  private void write(HeldHistories.Entry entry) throws Exception {
    backend.setCurrentKey(entry.key());
    if (entry.isWhole()) {
      histories.update(entry.history());
      if (entry.stored() > 0) {
        additions.clear();
      }
    } else {
      additions.addAll(entry.added());
    }
    entry.written();
  }

  @Override
  public void flush() throws Exception {
    Object key = backend.getCurrentKey();
    for (var entry = held.nextUnwritten(); entry != null; entry = held.nextUnwritten()) {
      write(entry);
    }
    restoreKey(key);
  }

  private void restoreKey(@Nullable Object key) {
    if (key != null && backend.getCurrentKey() != key) {
      backend.setCurrentKey(key);
    }
  }

  @Override
  public int held() {
    return held.size();
  }
}
