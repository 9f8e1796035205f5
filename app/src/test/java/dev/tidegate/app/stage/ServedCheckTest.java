package dev.tidegate.app.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.app.offline.HistoryCheck;
import dev.tidegate.features.EntityCheck.Found;
import dev.tidegate.features.FeaturesCheckMetric;
import dev.tidegate.features.catalogue.Entity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ServedCheckTest {
  private static final ServedCheck.Pace FAST =
      new ServedCheck.Pace(Duration.ofMillis(1), Duration.ZERO, 7);

  @Test
  void shouldCountWhatTurnsFindAndGoOnAfterOneThatFails() {
    List<Long> taken = new CopyOnWriteArrayList<>();
    ServedCheck.Turns turns =
        new ServedCheck.Turns() {
          @Override
          public HistoryCheck.Outcome take(long number, HistoryCheck.Settling settling)
              throws IOException {
            taken.add(number);
            if (number == 8) {
              throw new IOException("the disk is away");
            }
            Found found = number <= 9 ? new Found(10, 2, 1) : Found.NOTHING;
            return new HistoryCheck.Outcome(Entity.CARD, found);
          }

          @Override
          public void cancel() {}
        };
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (ServedCheck check = ServedCheck.start(turns, FAST)) {
      check.bindTo(registry);
      await().until(() -> taken.size() > 4);

      assertThat(taken).startsWith(7L, 8L, 9L, 10L);
      assertThat(count(registry, FeaturesCheckMetric.VECTORS, "card")).isEqualTo(20);
      assertThat(count(registry, FeaturesCheckMetric.MISMATCHES, "card")).isEqualTo(4);
      assertThat(count(registry, FeaturesCheckMetric.LABEL_MISMATCHES, "card")).isEqualTo(2);
      assertThat(count(registry, FeaturesCheckMetric.VECTORS, "account")).isZero();
      assertThat(registry.get("features.check.failures").functionCounter().count()).isEqualTo(1);
    }
  }

  @Test
  void shouldEndATurnThatIsBeingTakenWhenItIsClosed() throws InterruptedException {
    CountDownLatch cancelled = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    ServedCheck.Turns turns =
        new ServedCheck.Turns() {
          @Override
          public HistoryCheck.Outcome take(long number, HistoryCheck.Settling settling)
              throws InterruptedException {
            begun.countDown();
            cancelled.await();
            ended.countDown();
            throw new IllegalStateException("cut off");
          }

          @Override
          public void cancel() {
            cancelled.countDown();
          }
        };
    ServedCheck check = ServedCheck.start(turns, FAST);
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

    check.close();

    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(check.failures()).as("a stop is no failure").isZero();
  }

  @Test
  void shouldNotWaitForTheHistoryWhenItIsClosed() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    ServedCheck.Turns turns =
        new ServedCheck.Turns() {
          @Override
          public HistoryCheck.Outcome take(long number, HistoryCheck.Settling settling)
              throws InterruptedException {
            begun.countDown();
            try {
              settling.await();
            } finally {
              ended.countDown();
            }
            return new HistoryCheck.Outcome(Entity.CARD, Found.NOTHING);
          }

          @Override
          public void cancel() {}
        };
    ServedCheck.Pace slow = new ServedCheck.Pace(Duration.ofMillis(1), Duration.ofHours(1), 0);
    ServedCheck check = ServedCheck.start(turns, slow);
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

    check.close();

    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(check.failures()).isZero();
  }

  @Test
  void shouldNumberTurnsByTimeSoThatARestartGoesOn() {
    Duration interval = Duration.ofMinutes(10);
    ServedCheck.Pace pace = ServedCheck.Pace.of(interval, Duration.ofMinutes(1), 6_600_000);

    assertThat(pace).isEqualTo(new ServedCheck.Pace(interval, Duration.ofSeconds(121), 11));
  }

  @Test
  void shouldKnowWhichHistoriesAreInALocalFolder() {
    assertThat(ServedCheck.folderOf("/data/history")).isEqualTo(Path.of("/data/history"));
    assertThat(ServedCheck.folderOf("history")).isEqualTo(Path.of("history"));
    assertThat(ServedCheck.folderOf("file:///data/history")).isEqualTo(Path.of("/data/history"));
    assertThat(ServedCheck.folderOf("s3://bucket/history")).isNull();
  }

  private static double count(
      SimpleMeterRegistry registry, FeaturesCheckMetric metric, String entity) {
    return registry.get(metric.metric()).tag("entity", entity).functionCounter().count();
  }
}
