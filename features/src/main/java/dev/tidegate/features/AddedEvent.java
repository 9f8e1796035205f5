package dev.tidegate.features;

import dev.tidegate.features.history.Event;
import dev.tidegate.features.history.Layout;

/**
 * An event that a history took since it was last written whole.
 *
 * @param layout whose filters and tags the event has
 */
record AddedEvent(Layout layout, Event event) {}
