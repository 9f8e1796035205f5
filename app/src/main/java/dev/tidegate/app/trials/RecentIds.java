package dev.tidegate.app.trials;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/**
 * The newest {@value #MOST} ids of a stream, to tell repeats by: what is delivered twice comes
 * again soon. Memory: some 130 bytes each of a text, 70 of a number. Not thread safe.
 */
final class RecentIds<T> {
  static final int MOST = 100_000;

  private final Set<T> ids = new HashSet<>();
  private final ArrayDeque<T> order = new ArrayDeque<>();

  /** False if it is among them already. */
  boolean add(T id) {
    if (!ids.add(id)) {
      return false;
    }
    order.add(id);
    if (order.size() > MOST) {
      ids.remove(order.remove());
    }
    return true;
  }

  /** How many are held. */
  int size() {
    return order.size();
  }
}
