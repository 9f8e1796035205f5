package dev.tidegate.app.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidegate.lab.time.Deadline;
import dev.tidegate.schemas.time.WallClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** All parts are stopped by one deadline, whatever some of them do. */
final class StartedTest {
  private final List<String> closed = new CopyOnWriteArrayList<>();
  private final CountDownLatch never = new CountDownLatch(1);

  @Test
  void shouldStopTheNewestFirst() {
    Started started = new Started(() -> false);
    started.add(() -> closed.add("oldest"));
    started.add(() -> closed.add("newest"));

    started.closeAll();
    started.closeAll();

    assertThat(closed).containsExactly("newest", "oldest");
  }

  @Test
  void shouldStartNoMoreOnceAStopIsAskedForAndStopWhatThereIs() {
    AtomicBoolean stopAsked = new AtomicBoolean();
    Started started = new Started(stopAsked::get);
    started.requireWanted();
    started.add(() -> closed.add("oldest"));
    stopAsked.set(true);

    assertThatThrownBy(() -> started.add(() -> closed.add("started meanwhile")))
        .isInstanceOf(StartStopped.class);
    assertThatThrownBy(started::requireWanted).isInstanceOf(StartStopped.class);
    started.closeAll();

    assertThat(closed).containsExactly("started meanwhile", "oldest");
  }

  @Test
  void shouldStopTheRestByTheDeadlineThoughPartsHangOrFail() {
    Started started = new Started(() -> false);
    started.add(() -> closed.add("oldest"));
    started.add(never::await);
    started.add(
        () -> {
          throw new IllegalStateException("cannot stop");
        });
    started.add(never::await);

    long began = WallClock.nanos();
    started.closeAll(Deadline.in(Duration.ofSeconds(2)));

    assertThat(Duration.ofNanos(WallClock.nanos() - began)).isLessThan(Duration.ofSeconds(4));
    await().untilAsserted(() -> assertThat(closed).containsExactly("oldest"));
    never.countDown();
  }
}
