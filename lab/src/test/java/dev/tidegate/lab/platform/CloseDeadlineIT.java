package dev.tidegate.lab.platform;

import dev.tidegate.schemas.time.WallClock;
import java.io.Serial;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The worst case of a stop: jobs that take no checkpoint and do not let themselves be cancelled.
 */
final class CloseDeadlineIT {
  /** Of the platform that runs; its jobs take them as they start, for they may outlive it. */
  private static volatile Latches latches = new Latches();

  @TempDir private Path temporary;

  /**
   * How the jobs of one platform are watched and, in the end, let go.
   *
   * @param stuck counts the jobs down that hang
   * @param released lets them end
   */
  private record Latches(CountDownLatch stuck, CountDownLatch released) {
    Latches() {
      this(new CountDownLatch(2), new CountDownLatch(1));
    }
  }

  @Test
  void shouldCloseWithinTenSecondsThoughJobsHang() throws Exception {
    StopLimit.holdsFor(attempt -> closing(temporary.resolve("data-" + attempt)));
  }

  private static Duration closing(Path data) throws Exception {
    Descendants before = Descendants.now();
    Latches own = new Latches();
    latches = own;
    EmbeddedPlatform platform = EmbeddedPlatform.start(PlatformOptions.at(data), line -> {});
    Duration took;
    try {
      platform.flink().submit("hangs", CloseDeadlineIT::defineHanging);
      platform.flink().submit("hangs-too", CloseDeadlineIT::defineHanging);
      own.stuck().await();

      long began = WallClock.nanos();
      platform.close();

      took = Duration.ofNanos(WallClock.nanos() - began);
      before.awaitNoneSince();
    } finally {
      own.released().countDown();
      platform.close();
    }
    DataDirectory.open(data).close();
    return took;
  }

  private static void defineHanging(StreamExecutionEnvironment environment) {
    environment.setParallelism(1);
    environment
        .fromSequence(1, Long.MAX_VALUE)
        .uid("numbers")
        .map(new Hangs())
        .uid("hangs")
        .sinkTo(new DiscardingSink<>())
        .uid("nowhere");
  }

  /** Deaf to interrupts. */
  private static final class Hangs extends RichMapFunction<Long, Long> {
    @Serial private static final long serialVersionUID = 1L;

    private transient Latches own;

    @Override
    public void open(OpenContext context) {
      own = latches;
    }

    @Override
    public Long map(Long number) {
      own.stuck().countDown();
      boolean released = false;
      while (!released) {
        try {
          own.released().await();
          released = true;
        } catch (InterruptedException e) {
          // stays
        }
      }
      return number;
    }
  }
}
