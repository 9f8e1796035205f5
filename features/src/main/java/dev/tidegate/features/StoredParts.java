package dev.tidegate.features;

import dev.tidegate.features.history.EntityHistory;
import dev.tidegate.features.history.EntityWindows;
import dev.tidegate.features.history.Event;
import dev.tidegate.features.history.Layout;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A history put together from what the state holds of it.
 *
 * @param history with all events it took
 * @param added how many of them stand beside it
 */
record StoredParts(EntityHistory history, int added) {
  static StoredParts read(@Nullable Iterable<HistoryPart> parts, EntityWindows windows) {
    EntityHistory history = null;
    int added = 0;
    if (parts != null) {
      for (HistoryPart part : parts) {
        if (part.history() != null) {
          history = windows.adopt(part.history());
        } else if (part.event() != null) {
          history = history == null ? windows.empty() : history;
          windows.replay(history, adopted(part, part.event(), windows));
          added++;
        }
      }
    }
    return new StoredParts(history == null ? windows.empty() : history, added);
  }

  /** Time of the newest event in them, milliseconds; the smallest long if there is none. */
  static long newestMs(@Nullable Iterable<HistoryPart> parts) {
    long newestMs = Long.MIN_VALUE;
    if (parts != null) {
      for (HistoryPart part : parts) {
        EntityHistory history = part.history();
        Event event = part.event();
        newestMs = Math.max(newestMs, history == null ? newestMs : history.newestMs());
        newestMs = Math.max(newestMs, event == null ? newestMs : event.timeMs());
      }
    }
    return newestMs;
  }

  private static Event adopted(HistoryPart part, Event event, EntityWindows windows) {
    Layout layout = Objects.requireNonNull(part.layout());
    return windows.adopt(layout, event);
  }
}
