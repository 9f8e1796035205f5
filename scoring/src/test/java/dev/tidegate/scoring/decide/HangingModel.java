package dev.tidegate.scoring.decide;

import dev.tidegate.scoring.model.Model;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Its one feature is its score. While its switch is on, a call on a row that hangs does not come
 * back until it is released.
 */
public final class HangingModel implements Model {
  /** The value that hangs. */
  public static final float HANGS = 0.75f;

  /** What all instances of a model share. */
  public static final class Switch {
    private volatile CountDownLatch latch = new CountDownLatch(0);
    private final AtomicInteger hanging = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();

    /** Calls hang from now on. */
    public void hang() {
      latch = new CountDownLatch(1);
    }

    /** All come back. */
    public void release() {
      latch.countDown();
    }

    /** Calls that hang. */
    public int hanging() {
      return hanging.get();
    }

    /** Instances that are open. */
    public int open() {
      return open.get();
    }

    /** Instances ever opened. */
    public int opened() {
      return opened.get();
    }

    /** One more instance. */
    public Model model() {
      open.incrementAndGet();
      opened.incrementAndGet();
      return new HangingModel(this);
    }
  }

  private final Switch shared;

  private HangingModel(Switch shared) {
    this.shared = shared;
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public void score(float[] rows, int count, float[] scores) {
    for (int i = 0; i < count; i++) {
      if (rows[i] == HANGS) {
        hang();
      }
      scores[i] = rows[i];
    }
  }

  private void hang() {
    shared.hanging.incrementAndGet();
    try {
      shared.latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a model", e);
    } finally {
      shared.hanging.decrementAndGet();
    }
  }

  @Override
  public void close() {
    shared.open.decrementAndGet();
  }
}
