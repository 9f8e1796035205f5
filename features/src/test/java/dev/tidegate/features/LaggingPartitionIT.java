package dev.tidegate.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.StreamSettings.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * One partition of [transactions] lags or is silent while the others go on. What the job has read
 * and not yet answered waits in its operators.
 */
class LaggingPartitionIT {
  private static final int LAGGING = 0;
  private static final long START_MS = 1_600_000_000_000L;
  private static final long STEP_MS = 60_000;
  private static final int EACH = 60_000;
  private static final long END_MS = START_MS + EACH * STEP_MS;
  private static final int PAYMENTS = EACH * (Topics.TRANSACTIONS.partitions() - 1);

  private static final long DRIFT_MS = Timing.defaults().driftMs();
  private static final long IDLE_MS = 6_000;
  private static final long NEVER_IDLE_MS = 3_600_000;
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration LONGER_THAN_IDLE = Duration.ofMillis(IDLE_MS + 1_000);
  private static final long BEAT_EVERY_MS = 500;

  @Test
  void shouldHoldPartitionsThatAreFarAheadAndLoseNone() throws Exception {
    try (LiveFeatures live = start(new Timing(0, IDLE_MS, DRIFT_MS));
        Beats beats = new Beats(live)) {
      sendAhead(live, EACH);
      holds(live, 0);
      beats.timeMs.set(START_MS + EACH / 2 * STEP_MS + 1);
      live.awaitVectors(PAYMENTS / 2);
      holds(live, PAYMENTS / 2);
      beats.timeMs.set(END_MS + 1);
      live.beat(END_MS + 1);
      live.awaitVectors(PAYMENTS);
      assertThat(live.vectors().values()).noneMatch(FeatureVector::getLate);
    }
  }

  /**
   * For longer than a silent partition would be waited for, no payment is read, though some are
   * left, and none is answered but those before the lagging time: being held is not being silent.
   */
  private static void holds(LiveFeatures live, int answered) {
    long[] before = {-1};
    await()
        .atMost(LIMIT)
        .during(LONGER_THAN_IDLE)
        .until(
            () -> {
              long read = live.read();
              boolean still = read == before[0];
              before[0] = read;
              return still && read > live.seen();
            });
    assertThat(live.read()).isLessThan(PAYMENTS);
    assertThat(live.seen()).isEqualTo(answered);
  }

  /** Keeps the lagging partition from being silent, however long others take. */
  private static final class Beats implements AutoCloseable {
    final AtomicLong timeMs = new AtomicLong(START_MS);
    private final ScheduledExecutorService aside = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> beating;

    Beats(LiveFeatures live) {
      beating =
          aside.scheduleWithFixedDelay(() -> beat(live), 0, BEAT_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    private void beat(LiveFeatures live) {
      try {
        live.beat(LAGGING, timeMs.get());
      } catch (Exception e) {
        throw new IllegalStateException("the lagging partition fell silent", e);
      }
    }

    /** Says so if it fell silent, for then nothing was shown. */
    @Override
    public void close() {
      beating.cancel(false);
      aside.shutdown();
      await().atMost(LIMIT).until(aside::isTerminated);
      assertThat(beating.isCancelled()).as("the lagging partition had its beats").isTrue();
    }
  }

  @Test
  void shouldReadAllAheadWithoutABoundOfDrift() throws Exception {
    try (LiveFeatures live = start(new Timing(0, NEVER_IDLE_MS, 0))) {
      sendAhead(live, EACH);
      await().atMost(LIMIT).until(() -> live.read() - live.seen() >= PAYMENTS);
      live.beat(LAGGING, END_MS + 1);
      live.beat(END_MS + 1);
      live.awaitVectors(PAYMENTS);
    }
  }

  @Test
  void shouldWaitForASilentPartitionNoLongerThanSaid() throws Exception {
    int each = 200;
    int count = each * (Topics.TRANSACTIONS.partitions() - 1);
    try (LiveFeatures live = start(new Timing(0, NEVER_IDLE_MS, DRIFT_MS))) {
      sendAhead(live, each);
      await().atMost(LIMIT).until(() -> live.read() >= count);
      await().atMost(LIMIT).during(LONGER_THAN_IDLE).until(() -> live.seen() == 0);
    }
    try (LiveFeatures live = start(new Timing(0, 500, DRIFT_MS))) {
      sendAhead(live, each);
      live.awaitVectors(count);
      Transaction again = payment(LAGGING, each / 2);
      live.sendTo(LAGGING, List.of(again));
      live.awaitVectors(count + 1);
      assertThat(live.vectors().get(again.getTransactionId()).getLate()).isTrue();
    }
  }

  /** No event time passes while nobody pays: what comes after a silence is in time. */
  @Test
  void shouldNotMoveTimeWhileAllPartitionsAreSilent() throws Exception {
    try (LiveFeatures live = start(new Timing(0, 500, DRIFT_MS))) {
      live.sendTo(LAGGING, List.of(payment(LAGGING, 1)));
      live.beat(START_MS + 2 * STEP_MS);
      live.awaitVectors(1);
      await().atMost(LIMIT).during(Duration.ofSeconds(2)).until(() -> live.seen() == 1);

      live.sendTo(LAGGING, List.of(payment(LAGGING, 3)));
      live.beat(START_MS + 4 * STEP_MS);
      live.awaitVectors(2);

      assertThat(live.vectors().values()).noneMatch(FeatureVector::getLate);
    }
  }

  private static LiveFeatures start(Timing timing) throws Exception {
    LiveFeatures live = LiveFeatures.start(Payments.CATALOGUE, timing);
    live.beat(START_MS);
    return live;
  }

  /** Payments on all partitions but one, and that nothing of their time will follow there. */
  private static void sendAhead(LiveFeatures live, int each) throws Exception {
    for (int partition : partitions()) {
      if (partition != LAGGING) {
        List<Transaction> payments = new ArrayList<>();
        for (int i = 1; i <= each; i++) {
          payments.add(payment(partition, i));
        }
        live.sendTo(partition, payments);
        live.beat(partition, END_MS + 1);
      }
    }
  }

  private static Transaction payment(int partition, int number) {
    return Payments.payment(
        "tx-" + partition + "-" + number,
        START_MS + number * STEP_MS,
        "payer-" + partition + "-" + number % 100,
        "terminal-" + number % 10,
        number);
  }

  private static List<Integer> partitions() {
    return IntStream.range(0, Topics.TRANSACTIONS.partitions()).boxed().toList();
  }
}
