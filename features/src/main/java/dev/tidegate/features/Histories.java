package dev.tidegate.features;

import dev.tidegate.features.history.EntityHistory;
import dev.tidegate.features.history.Event;

/** Where a task's histories are between payments. */
interface Histories {
  /**
   * The history of the current key, empty if it has none yet; to be changed in place.
   *
   * @param entity whose key it is, its place in the catalogue
   */
  EntityHistory current(int entity) throws Exception;

  /** Takes note that the history asked for last took an event. */
  void added(Event event) throws Exception;

  /** Takes note that the history asked for last changed in another way. */
  void changed() throws Exception;

  /** Lets go of the current key's history if its newest event is before a time, milliseconds. */
  void forget(long beforeMs) throws Exception;

  /** Writes to the state backend what is not there yet, before a checkpoint. */
  void flush() throws Exception;

  /** Histories held decoded outside the state backend. */
  int held();
}
