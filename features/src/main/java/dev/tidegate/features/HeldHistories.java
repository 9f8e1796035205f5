package dev.tidegate.features;

import dev.tidegate.features.history.EntityHistory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Histories that one task holds decoded on the heap, in the order they were last changed; the one
 * changed longest ago leaves first. Bounded by entities and by their events, to about 40 MB a task.
 *
 * <p>At most {@value #UNWRITTEN} of them differ from the state backend: before more do, the one
 * changed longest ago is written, and stays. It would be written when it leaves anyway, so this
 * costs little, and a checkpoint finds few left to write while payments wait for it.
 */
final class HeldHistories {
  static final int ENTITIES = 2_048;
  static final int EVENTS = 131_072;
  static final int UNWRITTEN = 256;

  /** A tiled history weighs as much as a full ring again. */
  private static final int TILES = EntityHistory.RING;

  private final Map<Object, Entry> entries = new HashMap<>(2 * ENTITIES);
  private @Nullable Entry oldest;
  private @Nullable Entry newest;
  private @Nullable Entry oldestUnwritten; // and all newer ones are unwritten too
  private int unwritten;
  private long events;

  /** A history, and what of it is not written yet. */
  static final class Entry {
    private final Object key;
    private final EntityHistory history;
    private final List<AddedEvent> added = new ArrayList<>(2);
    private int stored;
    private boolean whole;
    private @Nullable Entry older;
    private @Nullable Entry newer;
    private int weight;
    private boolean changed;

    private Entry(Object key, EntityHistory history, int stored) {
      this.key = key;
      this.history = history;
      this.stored = stored;
    }

    Object key() {
      return key;
    }

    EntityHistory history() {
      return history;
    }

    /** Notes an event it took, to be appended as long as no more than so many stand beside it. */
    void added(AddedEvent event, int most) {
      if (whole || stored + added.size() >= most) {
        rewrite();
      } else {
        added.add(event);
      }
    }

    /** Notes that it must be written whole. */
    void rewrite() {
      whole = true;
      added.clear();
    }

    boolean isWhole() {
      return whole;
    }

    /** Events that are not written yet. */
    List<AddedEvent> added() {
      return added;
    }

    /** How many events stand beside it in the state backend. */
    int stored() {
      return stored;
    }

    void written() {
      stored = whole ? 0 : stored + added.size();
      whole = false;
      added.clear();
    }
  }

  int size() {
    return entries.size();
  }

  @Nullable Entry get(Object key) {
    return entries.get(key);
  }

  /**
   * Takes a history that was just made or read.
   *
   * @param stored how many events stand beside it in the state backend
   */
  Entry add(Object key, EntityHistory history, int stored) {
    Entry entry = new Entry(key, history, stored);
    entries.put(key, entry);
    append(entry);
    return entry;
  }

  /** Notes that a held history was changed. */
  void changed(Entry entry) {
    unlink(entry);
    append(entry);
    events -= entry.weight;
    entry.weight = entry.history.size() + (entry.history.isTiled() ? TILES : 0);
    events += entry.weight;
    if (!entry.changed) {
      entry.changed = true;
      unwritten++;
    }
    if (oldestUnwritten == null) {
      oldestUnwritten = entry;
    }
  }

  /** One to write because too many are unwritten, counted as written from now on; null if none. */
  @Nullable Entry surplus() {
    return unwritten > UNWRITTEN ? nextUnwritten() : null;
  }

  /** One that is not written yet, counted as written from now on; null if all are. */
  @Nullable Entry nextUnwritten() {
    Entry entry = oldestUnwritten;
    if (entry != null) {
      written(entry);
    }
    return entry;
  }

  /** Lets go of the one changed longest ago; returns it if it is to be written, null if it is. */
  @Nullable Entry dropOldest() {
    Entry entry = oldest;
    if (entry == null) {
      return null;
    }
    boolean changed = entry.changed;
    if (changed) {
      written(entry);
    }
    unlink(entry);
    entries.remove(entry.key);
    events -= entry.weight;
    return changed ? entry : null;
  }

  /** Whether there are more than the bounds allow, the one that was changed last aside. */
  boolean isFull() {
    return entries.size() > ENTITIES || (events > EVENTS && entries.size() > 1);
  }

  private void written(Entry entry) {
    entry.changed = false;
    unwritten--;
    oldestUnwritten = entry.newer;
  }

  private void append(Entry entry) {
    entry.older = newest;
    entry.newer = null;
    if (newest == null) {
      oldest = entry;
    } else {
      newest.newer = entry;
    }
    newest = entry;
  }

  private void unlink(Entry entry) {
    if (oldestUnwritten == entry) {
      oldestUnwritten = entry.newer;
    }
    if (entry.older == null) {
      oldest = entry.newer;
    } else {
      entry.older.newer = entry.newer;
    }
    if (entry.newer == null) {
      newest = entry.older;
    } else {
      entry.newer.older = entry.older;
    }
  }
}
