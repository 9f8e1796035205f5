package dev.tidegate.features;

import dev.tidegate.features.history.EntityHistory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Histories that a task holds decoded on the heap, in the order they were last changed; the one
 * changed longest ago leaves first. Bounded by entities and by their events, some 320 bytes each;
 * tiles count as the events that they take the room of.
 *
 * <p>At most {@value #UNWRITTEN} of them need differ from the state backend: {@link #surplus} names
 * the one changed longest ago, to be written and kept. It would be written when it leaves anyway,
 * so this costs little, and a checkpoint finds few left to write while payments wait for it.
 */
final class HeldHistories {
  static final int UNWRITTEN = 256;

  private final int mostEntities;
  private final int mostEvents;
  private final Map<Object, Entry> entries;
  private @Nullable Entry oldest;
  private @Nullable Entry newest;
  private @Nullable Entry oldestUnwritten; // no older one is unwritten
  private int unwritten;
  private long events;

  /**
   * An empty room.
   *
   * @param entities most histories in it
   * @param events most events of all of them together
   */
  HeldHistories(int entities, int events) {
    mostEntities = entities;
    mostEvents = events;
    entries = new HashMap<>(2 * entities);
  }

  /** A history, and what of it is not written yet. */
  static final class Entry {
    private final Object key;
    private final int entity;
    private final EntityHistory history;
    private final List<HistoryPart> added = new ArrayList<>(2);
    private int stored;
    private boolean whole;
    private @Nullable Entry older;
    private @Nullable Entry newer;
    private int weight;
    private boolean changed;

    /**
     * A history that was just made or read.
     *
     * @param entity whose it is, its place in the catalogue
     * @param stored how many events stand beside it in the state backend
     */
    Entry(Object key, int entity, EntityHistory history, int stored) {
      this.key = key;
      this.entity = entity;
      this.history = history;
      this.stored = stored;
    }

    Object key() {
      return key;
    }

    int entity() {
      return entity;
    }

    EntityHistory history() {
      return history;
    }

    /** Notes an event it took, to be appended as long as no more than so many stand beside it. */
    void added(HistoryPart event, int most) {
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
    List<HistoryPart> added() {
      return added;
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

  /** Takes a history, written or not. */
  void hold(Entry entry) {
    entries.put(entry.key, entry);
    append(entry);
    weigh(entry);
    if (entry.changed) {
      noteUnwritten(entry);
    }
  }

  /** Lets go of a history without a word on whether it is written. */
  void release(Entry entry) {
    if (entry.changed) {
      unwritten--;
    }
    unlink(entry);
    entries.remove(entry.key);
    events -= entry.weight;
    entry.weight = 0;
  }

  /** Notes that a held history was changed. */
  void changed(Entry entry) {
    unlink(entry);
    append(entry);
    weigh(entry);
    if (!entry.changed) {
      entry.changed = true;
      noteUnwritten(entry);
    } else if (oldestUnwritten == null) {
      oldestUnwritten = entry;
    }
  }

  private void weigh(Entry entry) {
    events -= entry.weight;
    entry.weight = entry.history.weight();
    events += entry.weight;
  }

  private void noteUnwritten(Entry entry) {
    unwritten++;
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
    while (entry != null && !entry.changed) {
      entry = entry.newer;
    }
    oldestUnwritten = entry;
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
    release(entry);
    entry.changed = false;
    return changed ? entry : null;
  }

  /** Whether there are more than the bounds allow, the one that was changed last aside. */
  boolean isFull() {
    return entries.size() > mostEntities || (events > mostEvents && entries.size() > 1);
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
