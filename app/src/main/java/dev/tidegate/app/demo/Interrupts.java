package dev.tidegate.app.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A Ctrl-C while a platform runs: the one who waits hears of it at once, and the process ends only
 * once the platform has stopped.
 */
final class Interrupts implements AutoCloseable {
  private static final long STOP_LIMIT_SECONDS = 22;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

  Interrupts() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::awaitStopped, "tidegate-demo-stop"));
  }

  /**
   * Waits.
   *
   * @throws DemoFailed if somebody ended the demonstration
   */
  void pause(long millis) {
    try {
      if (asked.await(millis, TimeUnit.MILLISECONDS)) {
        throw new DemoFailed("the demonstration was ended by hand");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoFailed("the demonstration was interrupted");
    }
  }

  private void awaitStopped() {
    asked.countDown();
    try {
      if (!stopped.await(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stopped.countDown();
  }
}
