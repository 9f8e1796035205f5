package dev.tidegate.lab.platform;

import dev.tidegate.lab.time.Deadline;

/**
 * Something that stops by a deadline that it is given, in order if there is time, else by force.
 */
interface ClosesWithin extends AutoCloseable {
  /** Stops by a deadline of its own. */
  @Override
  void close();

  /** Stops; returns by the deadline. May be called twice. */
  void close(Deadline deadline);
}
