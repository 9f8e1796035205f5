package dev.tidegate.graphaml.temporal;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which accounts are hubs, and sketches of the peers of sides with more payments than a hub's
 * degree. Not safe for threads.
 */
final class Hubs {
  private final Adjacency adjacency;
  private final Accounts accounts;
  private final int degree;
  private final Set<Long> listedKeys = new HashSet<>();
  private final BitSet listed = new BitSet();
  private final Map<Integer, TimedSketch> sketches = new HashMap<>();
  private final Ring ring = new Ring();

  Hubs(Adjacency adjacency, Accounts accounts, int degree) {
    this.adjacency = adjacency;
    this.accounts = accounts;
    this.degree = degree;
  }

  /** Lists an account as a hub, whatever its degree, or no more. */
  void list(long key, boolean hub) {
    if (hub) {
      listedKeys.add(key);
    } else {
      listedKeys.remove(key);
    }
    int account = accounts.find(key);
    if (account != Accounts.NONE) {
      listed.set(account, hub);
    }
  }

  /** An account got its number. */
  void assigned(int account, long key) {
    listed.set(account, !listedKeys.isEmpty() && listedKeys.contains(key));
  }

  /** Whether an account is listed, or has too many payments in the window as of the moment. */
  boolean hub(Moment moment, int account) {
    if (listed.get(account)) {
      return true;
    }
    int most = adjacency.size(account, Ring.OUT) + adjacency.size(account, Ring.IN);
    return most > degree
        && inWindow(moment, account, Ring.OUT) + inWindow(moment, account, Ring.IN) > degree;
  }

  private int inWindow(Moment moment, int account, int side) {
    moment.open(adjacency, ring, account, side);
    return ring.olderThanOrAt(moment.age) - ring.olderThanOrAt(moment.border);
  }

  /** A payment was put into a side: keeps the side's sketch, if it has one or needs one. */
  void added(int account, int side, Moment moment, int peer) {
    int size = adjacency.size(account, side);
    if (size <= degree / 2) {
      return;
    }
    TimedSketch sketch = sketches.get(name(account, side));
    if (sketch != null && peer != account) {
      sketch.add(accounts.key(peer), moment.timeMs);
    } else if (sketch == null && size > degree) {
      sketches.put(name(account, side), ofRing(account, side, moment));
    }
  }

  private static int name(int account, int side) {
    return 2 * account + side;
  }

  private TimedSketch ofRing(int account, int side, Moment moment) {
    TimedSketch sketch = new TimedSketch();
    moment.open(adjacency, ring, account, side);
    long newestMs = moment.timeMs + moment.age;
    for (int i = 0; i < ring.size; i++) {
      int peer = Ring.peer(ring.word(i));
      if (peer != account) {
        sketch.add(accounts.key(peer), newestMs - ring.age(i));
      }
    }
    return sketch;
  }

  /** A side lost payments: drops a sketch that will not be needed soon. */
  void trimmed(int account, int side) {
    if (!sketches.isEmpty() && adjacency.size(account, side) <= degree / 2) {
      sketches.remove(name(account, side));
    }
  }

  /** Estimated distinct peers of a side after a time. */
  double peersSince(int account, int side, long timeMs) {
    TimedSketch sketch = sketches.get(name(account, side));
    if (sketch == null) {
      throw new IllegalStateException("a side with many payments has no sketch");
    }
    return sketch.since(timeMs);
  }

  int degree() {
    return degree;
  }

  long bytes() {
    return 50_000L * sketches.size() + listed.size() / 8;
  }
}
