package dev.tidegate.graphaml.shard;

import dev.tidegate.graphaml.temporal.TimedSketch;
import org.jspecify.annotations.Nullable;

/**
 * What one account knows: its own payments within window and disorder, both sides, and when it was
 * first and last seen. Of a side with more payments than a hub's degree also a sketch of the other
 * accounts, which is not kept in checkpoints but made again.
 */
final class Ledger {
  /** The account's payments to others. */
  static final int OUT = 0;

  /** Payments of others to the account. */
  static final int IN = 1;

  static final long NEVER = Long.MIN_VALUE;

  final Side[] sides;
  long firstMs;
  long lastMs;
  private final @Nullable TimedSketch[] sketches = new TimedSketch[2];

  /** Of an account that was never seen. */
  Ledger() {
    this(new Side(), new Side(), NEVER, NEVER);
  }

  /** Of an account that was. */
  Ledger(Side out, Side in, long firstMs, long lastMs) {
    sides = new Side[] {out, in};
    this.firstMs = firstMs;
    this.lastMs = lastMs;
  }

  /** One of its own with the same payments. */
  Ledger copy() {
    return new Ledger(
        Side.of(sides[OUT].words(), sides[OUT].total()),
        Side.of(sides[IN].words(), sides[IN].total()),
        firstMs,
        lastMs);
  }

  /** Keeps a payment of the account on one side; false if it is there already. */
  boolean add(Transfer transfer, int side) {
    long peer = side == OUT ? transfer.target() : transfer.source();
    if (!sides[side].add(transfer, peer)) {
      return false;
    }
    TimedSketch sketch = sketches[side];
    if (sketch != null && !transfer.loop()) {
      sketch.add(peer, transfer.timeMs());
    }
    return true;
  }

  /** Lets go of payments with no later time. */
  void forget(long timeMs, int hubDegree) {
    for (int side = OUT; side <= IN; side++) {
      sides[side].forget(timeMs);
      if (sides[side].size() <= hubDegree / 2) {
        sketches[side] = null;
      }
    }
  }

  /** Estimated distinct other accounts of a side after a time. */
  double peersSince(int side, long timeMs, long self) {
    TimedSketch sketch = sketches[side];
    if (sketch == null) {
      sketch = new TimedSketch();
      for (int i = 0; i < sides[side].size(); i++) {
        if (sides[side].peer(i) != self) {
          sketch.add(sides[side].peer(i), sides[side].timeMs(i));
        }
      }
      sketches[side] = sketch;
    }
    return sketch.since(timeMs);
  }
}
