package dev.tidegate.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.lab.time.Deadline;
import dev.tidegate.schemas.time.WallClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** All parts are stopped by one deadline, whatever some of them do. */
final class StartedTest {
  private final List<String> closed = new CopyOnWriteArrayList<>();
  private final CountDownLatch never = new CountDownLatch(1);

  @Test
  void shouldStopTheNewestFirst() {
    Started started = new Started();
    started.add(() -> closed.add("oldest"));
    started.add(() -> closed.add("newest"));

    started.closeAll();
    started.closeAll();

    assertThat(closed).containsExactly("newest", "oldest");
  }

  @Test
  void shouldStopTheRestByTheDeadlineThoughPartsHangOrFail() {
    Started started = new Started();
    started.add(() -> closed.add("oldest"));
    started.add(never::await);
    started.add(
        () -> {
          throw new IllegalStateException("cannot stop");
        });
    started.add(never::await);

    long began = WallClock.nanos();
    started.closeAll(Deadline.in(Duration.ofMillis(400)));

    assertThat(closed).containsExactly("oldest");
    assertThat(Duration.ofNanos(WallClock.nanos() - began)).isLessThan(Duration.ofSeconds(2));
    never.countDown();
  }
}
