package dev.tidegate.app.live;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A Ctrl-C or a SIGTERM while a platform starts or runs: whoever asks hears of it, and the process
 * ends once this is closed, which is to be when all has stopped. It ends as if it were killed where
 * that takes longer than 20 s, or 50 s if it began during the start: a step of the start that has
 * begun is not cut short, for what it starts must be stopped too. Thread safe.
 */
public final class StopSignal implements AutoCloseable {
  /** All parts together have 16 s. */
  private static final long STOP_LIMIT_SECONDS = 20;

  private static final long STEP_LIMIT_SECONDS = 30;

  private final Runnable heard;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean started;

  private StopSignal(Runnable heard) {
    this.heard = heard;
  }

  /**
   * Listens from now on.
   *
   * @param heard runs when a stop is asked for, in a thread of its own
   */
  public static StopSignal listen(Runnable heard) {
    StopSignal signal = new StopSignal(heard);
    Runtime.getRuntime().addShutdownHook(new Thread(signal::await, "tidegate-stop"));
    return signal;
  }

  /** True once a stop was asked for. */
  public boolean asked() {
    return asked.getCount() == 0;
  }

  /** Waits until a stop is asked for, or so long; true if one was asked for. */
  public boolean askedWithin(long millis) throws InterruptedException {
    return asked.await(millis, TimeUnit.MILLISECONDS);
  }

  /** Notes that the platform has started: no step of the start needs time any more. */
  public void started() {
    started = true;
  }

  /** In the shutdown hook, which runs at every end of the process. */
  private void await() {
    if (stopped.getCount() == 0) {
      return;
    }
    long limit = STOP_LIMIT_SECONDS + (started ? 0 : STEP_LIMIT_SECONDS);
    asked.countDown();
    Thread saying = new Thread(heard, "tidegate-stop-heard"); // a full terminal must not hold it up
    saying.setDaemon(true);
    saying.start();
    try {
      if (!stopped.await(limit, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the process end. */
  @Override
  public void close() {
    stopped.countDown();
  }
}
