package dev.tidegate.features;

import dev.tidegate.features.history.EntityHistory;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Histories that one task holds decoded on the heap, those touched longest ago leaving first.
 * Bounded by entities and by their events, to about 40 MB a task.
 */
final class HeldHistories {
  static final int ENTITIES = 2_048;
  static final int EVENTS = 131_072;

  /** A tiled history weighs as much as a full ring again. */
  private static final int TILES = EntityHistory.RING;

  private final LinkedHashMap<Object, Entry> entries =
      new LinkedHashMap<>(2 * ENTITIES, 0.75f, true);
  private long events;

  /** A history, and whether it changed since it was written. */
  static final class Entry {
    private final Object key;
    private EntityHistory history;
    private int weight;
    private boolean changed;

    Entry(Object key, EntityHistory history) {
      this.key = key;
      this.history = history;
    }

    Object key() {
      return key;
    }

    EntityHistory history() {
      return history;
    }

    boolean changed() {
      return changed;
    }

    void written() {
      changed = false;
    }
  }

  int size() {
    return entries.size();
  }

  @Nullable EntityHistory get(Object key) {
    Entry entry = entries.get(key);
    return entry == null ? null : entry.history;
  }

  /** Keeps a history that was changed. */
  void put(Object key, EntityHistory history) {
    Entry entry = entries.computeIfAbsent(key, k -> new Entry(k, history));
    entry.history = history;
    entry.changed = true;
    events -= entry.weight;
    entry.weight = history.size() + (history.isTiled() ? TILES : 0);
    events += entry.weight;
  }

  /** Lets go of the history touched longest ago, if there are too many; null if there are not. */
  @Nullable Entry excess() {
    if (entries.size() <= ENTITIES && (events <= EVENTS || entries.size() == 1)) {
      return null;
    }
    Iterator<Entry> all = entries.values().iterator();
    Entry oldest = all.next();
    all.remove();
    events -= oldest.weight;
    return oldest;
  }

  Collection<Entry> all() {
    return entries.values();
  }
}
