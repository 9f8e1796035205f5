package dev.tidegate.lab.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.schemas.time.WallClock;
import java.io.Serial;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The worst case of a stop: jobs that take no checkpoint and do not let themselves be cancelled.
 */
final class CloseDeadlineIT {
  private static final CountDownLatch RELEASED = new CountDownLatch(1);
  private static final CountDownLatch STUCK = new CountDownLatch(2);

  @TempDir private Path temporary;

  @Test
  void shouldCloseWithinTenSecondsThoughJobsHang() throws Exception {
    long children = ProcessHandle.current().descendants().count();
    EmbeddedPlatform platform =
        EmbeddedPlatform.start(PlatformOptions.at(temporary.resolve("data")), line -> {});
    try {
      platform.flink().submit("hangs", CloseDeadlineIT::defineHanging);
      platform.flink().submit("hangs-too", CloseDeadlineIT::defineHanging);
      STUCK.await();

      long began = WallClock.nanos();
      platform.close();

      assertThat(Duration.ofNanos(WallClock.nanos() - began)).isLessThan(Duration.ofSeconds(10));
      assertThat(ProcessHandle.current().descendants().count()).isEqualTo(children);
    } finally {
      RELEASED.countDown();
      platform.close();
    }
    DataDirectory.open(temporary.resolve("data")).close();
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
  private static final class Hangs implements MapFunction<Long, Long> {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public Long map(Long number) {
      STUCK.countDown();
      boolean released = false;
      while (!released) {
        try {
          RELEASED.await();
          released = true;
        } catch (InterruptedException e) {
          // stays
        }
      }
      return number;
    }
  }
}
