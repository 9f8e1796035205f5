package dev.tidegate.features;

import dev.tidegate.features.history.EntityHistory;
import dev.tidegate.features.history.EntityWindows;
import dev.tidegate.features.history.Event;
import java.util.List;
import org.apache.flink.api.common.state.ListState;

/**
 * Histories on a backend that keeps objects. Each is asked of the backend for each payment: while a
 * checkpoint is written, the backend hands out a copy, so that what is written stands still.
 */
final class HeapHistories implements Histories {
  private final List<EntityPart> parts;
  private final List<EntityWindows> windows;
  private final ListState<HistoryPart> state;
  private EntityHistory current;
  private int entity;

  HeapHistories(List<EntityPart> parts, List<EntityWindows> windows, ListState<HistoryPart> state) {
    this.parts = parts;
    this.windows = windows;
    this.state = state;
    this.current = windows.get(0).empty();
  }

  @Override
  public EntityHistory current(int of) throws Exception {
    entity = of;
    StoredParts stored = StoredParts.read(state.get(), windows.get(of));
    current = stored.history();
    if (stored.added() > 0) { // a savepoint taken on the other backend
      changed();
    }
    return current;
  }

  @Override
  public void added(Event event) throws Exception {
    changed();
  }

  @Override
  public void changed() throws Exception {
    state.update(List.of(HistoryPart.of(parts.get(entity).noun(), current)));
  }

  @Override
  public void forget(long beforeMs) throws Exception {
    if (StoredParts.newestMs(state.get()) < beforeMs) {
      state.clear();
    }
  }

  @Override
  public void flush() {}

  @Override
  public int held() {
    return 0;
  }
}
