package dev.tidegate.features.history;

import java.util.ArrayList;
import java.util.List;

/** A history as a state backend has it: as of some moment, and the events it took since. */
final class StoredHistory {
  private final EntityWindows windows;
  private final HistoryCodec codec;
  private final EventBytes events;
  private final List<byte[]> added = new ArrayList<>();
  private byte[] whole;
  private long changes;

  StoredHistory(EntityWindows windows) {
    this.windows = windows;
    codec = windows.codec();
    events = windows.eventBytes();
    whole = codec.write(windows.empty());
  }

  /** Takes an event, if it changed the history. */
  void added(EntityHistory history, Event event) {
    if (history.changes() != changes) {
      changes = history.changes();
      added.add(events.write(event));
    }
  }

  /** Writes the history whole, if a label changed it. */
  void labelled(EntityHistory history) {
    if (history.changes() != changes) {
      changes = history.changes();
      whole = codec.write(history);
      added.clear();
    }
  }

  EntityHistory read() {
    EntityHistory history = codec.read(whole);
    for (byte[] event : added) {
      windows.replay(history, events.read(event));
    }
    changes = history.changes();
    return history;
  }
}
