package dev.tidegate.features;

import dev.tidegate.features.history.EntityHistory;
import dev.tidegate.features.history.EntityWindows;
import dev.tidegate.features.history.Event;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ValueState;

/**
 * Histories on a backend that keeps objects. Each is asked of the backend for each payment: while a
 * checkpoint is written, the backend hands out a copy, so that what is written stands still.
 */
final class HeapHistories implements Histories {
  private final EntityWindows windows;
  private final ValueState<EntityHistory> histories;
  private final ListState<AddedEvent> additions;
  private EntityHistory current;

  HeapHistories(
      EntityWindows windows, ValueState<EntityHistory> histories, ListState<AddedEvent> additions) {
    this.windows = windows;
    this.histories = histories;
    this.additions = additions;
    this.current = windows.empty();
  }

  @Override
  public EntityHistory current() throws Exception {
    EntityHistory known = histories.value();
    current = known == null ? windows.empty() : windows.adopt(known);
    replay();
    return current;
  }

  /** A savepoint taken on the other backend has additions. */
  private void replay() throws Exception {
    Iterable<AddedEvent> added = additions.get();
    if (added != null && added.iterator().hasNext()) {
      for (AddedEvent event : added) {
        windows.replay(current, windows.adopt(event.layout(), event.event()));
      }
      additions.clear();
      histories.update(current);
    }
  }

  @Override
  public void added(Event event) throws Exception {
    changed();
  }

  @Override
  public void changed() throws Exception {
    histories.update(current);
  }

  @Override
  public void flush() {}

  @Override
  public int held() {
    return 0;
  }
}
