package dev.tidegate.features;

import dev.tidegate.features.history.EntityHistory;
import dev.tidegate.features.history.Event;
import dev.tidegate.features.history.Layout;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the state of one entity: its history, or an event that it took since its history
 * was last written whole. The events stand behind the history.
 *
 * @param noun whose it is; empty for an entity that a newer catalogue does not know
 * @param history the history, or null
 * @param layout whose filters and tags the event has; null beside a history
 * @param event the event, or null
 */
record HistoryPart(
    String noun, @Nullable EntityHistory history, @Nullable Layout layout, @Nullable Event event) {
  /** Of an entity that is not asked any more. */
  static final HistoryPart GONE = new HistoryPart("", null, null, null);

  static HistoryPart of(String noun, EntityHistory history) {
    return new HistoryPart(noun, history, null, null);
  }

  static HistoryPart of(String noun, Layout layout, Event event) {
    return new HistoryPart(noun, null, layout, event);
  }
}
