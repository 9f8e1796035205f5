package dev.tidegate.console.intake;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * The end of a thread's work, asked for by another thread, and what cuts short the call in which
 * the thread is blocked meanwhile. Thread safe.
 */
final class Ending {
  private final CountDownLatch asked = new CountDownLatch(1);
  private volatile @Nullable Runnable interrupt;

  /** Asks for the end and cuts short what is blocked; returns at once. */
  void ask() {
    asked.countDown();
    Runnable blocked = interrupt;
    if (blocked != null) {
      blocked.run();
    }
  }

  /** True once the end was asked for. */
  boolean asked() {
    return asked.getCount() == 0;
  }

  /**
   * From here on the working thread may be blocked in a call. Whether the end was asked for is
   * looked at only after the interrupt stands: one or the other thread sees what the other did.
   *
   * @param interrupt cuts that call short, also one that begins later; called on another thread
   * @throws WakeupException if the end was asked for before: nobody would call the interrupt
   */
  void blocking(Runnable interrupt) {
    this.interrupt = interrupt;
    if (asked()) {
      throw new WakeupException();
    }
  }

  /** The working thread is blocked no more in what {@link #blocking} announced. */
  void unblocked() {
    interrupt = null;
  }

  /** Waits for the end to be asked for; false if it was not within the limit. */
  boolean await(Duration limit) throws InterruptedException {
    return asked.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }
}
