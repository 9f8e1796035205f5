package dev.tidegate.scoring.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.lab.audit.AuditReport;
import dev.tidegate.lab.audit.Auditor;
import dev.tidegate.lab.audit.KafkaTopicLog;
import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.lab.time.ManualClock;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.decide.HangingModel;
import dev.tidegate.scoring.decide.OutcomePolicy;
import dev.tidegate.scoring.decide.Vectors;
import dev.tidegate.scoring.loop.ScoringSettings.Batching;
import dev.tidegate.scoring.loop.ScoringSettings.Limits;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.release.LoadedRelease;
import dev.tidegate.scoring.release.ReleaseFixtures;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a scorer does at a real broker while something is wrong, and after it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class DegradedLoopIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration MOMENT = Duration.ofMillis(5);
  private static final Duration AN_HOUR = Duration.ofHours(1);
  private static final OutcomePolicy POLICY = new OutcomePolicy(1.0, Outcome.HOLD, Outcome.STEP_UP);

  @TempDir private Path directory;

  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final EventCodec<Transaction> payments =
      EventCodec.of(Topics.TRANSACTIONS, Transaction.class, registry);
  private final EventCodec<FeatureVector> vectors =
      EventCodec.of(Topics.FEATURES, FeatureVector.class, registry);
  private final Set<String> fed = new HashSet<>();
  private EmbeddedKafka kafka;
  private FeatureTopics topics;
  private ScoringSettings settings;

  @BeforeEach
  void startBroker() {
    kafka = EmbeddedKafka.start(directory);
    kafka.createTopics();
    topics = new FeatureTopics(kafka.bootstrapServers(), registry);
    settings = ScoringSettings.at(kafka.bootstrapServers(), registry).withPolicy(POLICY);
  }

  @AfterEach
  void stopBroker() {
    topics.close();
    kafka.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void shouldDegradeWhileAModelHangsAndServeAgainWithoutHands(int buffers) {
    HangingModel.Switch model = new HangingModel.Switch();
    ScoringSettings limited =
        settings
            .with(new Batching(64, Duration.ZERO, buffers))
            .with(new Limits(Duration.ZERO, Duration.ofSeconds(2))); // no pause is as long
    try (ScoringLoop loop = start(limited, model::model, WallClock.INSTANCE)) {
      feed(100, i -> 0.25f);
      awaitDecided(loop, 100);
      model.hang();
      feed(100, i -> i == 0 ? HangingModel.HANGS : 0.25f);
      awaitDecided(loop, 200);
      List<Decision> down = degraded("model-down");
      assertThat(down).isNotEmpty().allMatch(one -> one.getOutcome() == Outcome.STEP_UP);
      assertThat(down.size()).isLessThanOrEqualTo(100);
      assertThat(model.hanging()).isEqualTo(1);

      awaitScored(loop); // by another instance: the first still hangs
      assertThat(model.hanging()).isEqualTo(1);
      model.release();
      awaitScored(loop);
      assertThat(loop.failure()).isNull();
    } finally {
      model.release();
    }
    await().atMost(LIMIT).until(() -> model.open() == 0);
    assertNothingLost();
  }

  /** The clock stands, so the window ends when it is told to. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void shouldFillABatchUntilTheOldestRowsDeadline(int buffers) {
    ManualClock clock = new ManualClock(Instant.ofEpochMilli(1_800_000_000_000L));
    Duration window = Duration.ofMillis(500);
    HangingModel.Switch model = new HangingModel.Switch();
    ScoringMeter meter = new ScoringMeter();
    try (ScoringLoop loop =
        ScoringLoop.start(
            settings.with(new Batching(1_000, window, buffers)),
            release(model::model),
            clock,
            meter)) {
      feedAt(clock.millis(), 5, i -> 0.25f);
      await().atMost(LIMIT).until(() -> meter.number(ScoringMetric.WAITING) == 5);
      clock.advance(window.minusMillis(1));
      feedAt(clock.millis(), 5, i -> 0.25f);
      await().atMost(LIMIT).until(() -> meter.number(ScoringMetric.WAITING) == 10);
      assertThat(loop.decided()).isZero();

      clock.advance(Duration.ofMillis(1));
      awaitDecided(loop, 10);

      assertThat(loop.metrics().batchRows().count()).isEqualTo(1);
    }
    assertNothingLost();
  }

  /**
   * A model of 2 ms a row, so that the loop takes less than broker and sender on any machine. What
   * would be a queue of twelve seconds without the limit stays bounded.
   */
  @Test
  void shouldStayInTimeAtThreeTimesItsCapacityAndRecoverByItself() {
    Duration overloadAfter = Duration.ofMillis(300);
    ScoringSettings guarded = settings.withMaxBatch(25).with(new Limits(overloadAfter, LIMIT));
    try (ScoringLoop loop = start(guarded, SlowModel::new, WallClock.INSTANCE)) {
      double capacity = capacity(loop);
      assertThat(degraded("overload")).as("vectors of the time to come wait for none").isEmpty();

      int overloaded = fed.size();
      sendAt(3 * SlowModel.ROWS_A_SECOND, 6);
      awaitDecided(loop, fed.size());
      int calm = fed.size();
      await().atMost(LIMIT).until(() -> scoresAllAt(loop, capacity / 3));

      List<Decision> all = topics.all(Topics.DECISIONS, Decision.class);
      List<Decision> under = all.stream().filter(one -> within(one, overloaded, calm)).toList();
      assertThat(under).filteredOn(one -> "overload".equals(one.getDegraded())).isNotEmpty();
      assertThat(under)
          .filteredOn(one -> one.getDegraded() != null)
          .allMatch(one -> one.getDegraded().equals("overload"))
          .allMatch(one -> one.getOutcome() == Outcome.STEP_UP)
          .allMatch(one -> one.getDecidedAtMs() - one.getIngestedAtMs() > overloadAfter.toMillis());
      double queued = percentile99(queuedMs(under));
      assertThat(queued).as("ms that a queue without bound would take").isGreaterThan(4_000);
      assertThat(percentile99(waitedMs(under))).as("ms from the door").isLessThan(queued / 3);
      assertThat(loop.failure()).isNull();
    }
    assertNothingLost();
  }

  /**
   * The scorer's stores are topics: while their broker is down payments wait, and wait too long.
   */
  @Test
  void shouldGoOnByItselfWhenTheBrokerIsBack() {
    ScoringSettings guarded = settings.with(new Limits(Duration.ofSeconds(2), LIMIT));
    try (ScoringLoop loop = start(guarded, SlowModel::new, WallClock.INSTANCE)) {
      feed(100, i -> 0.25f);
      awaitDecided(loop, 100);
      int port = Integer.parseInt(kafka.bootstrapServers().replaceAll(".*:", ""));
      kafka.close();
      kafka = EmbeddedKafka.start(directory, port); // clients go on: another would share their id

      feedAt(WallClock.INSTANCE.millis() - 10_000, 100, i -> 0.25f);
      awaitDecided(loop, 200);
      feed(100, i -> 0.25f);
      awaitDecided(loop, 300);

      assertThat(loop.failure()).isNull();
      assertThat(topics.all(Topics.DECISIONS, Decision.class))
          .allMatch(
              one ->
                  within(one, 100, 200)
                      ? "overload".equals(one.getDegraded()) && one.getOutcome() == Outcome.STEP_UP
                      : one.getDegraded() == null && one.getOutcome() == Outcome.APPROVE);
    }
    assertNothingLost();
  }

  /**
   * True if each payment of a second at a rate has its score: a busy machine may stall meanwhile.
   */
  private boolean scoresAllAt(ScoringLoop loop, double perSecond) {
    int since = fed.size();
    sendAt(perSecond, 1);
    awaitDecided(loop, fed.size());
    return topics.all(Topics.DECISIONS, Decision.class).stream()
        .filter(one -> within(one, since, fed.size()))
        .allMatch(one -> one.getDegraded() == null);
  }

  /** Scored rows a second from a full topic, by the loop's own stamps. */
  private double capacity(ScoringLoop loop) {
    int rows = 1_000;
    feed(rows, i -> 0.25f);
    awaitDecided(loop, rows);
    LongSummaryStatistics decided =
        topics.all(Topics.DECISIONS, Decision.class).stream()
            .mapToLong(Decision::getDecidedAtMs)
            .summaryStatistics();
    assertThat(decided.getCount()).isEqualTo(rows);
    double seconds = (decided.getMax() - decided.getMin()) / 1e3;
    assertThat(seconds).as("as long as the model takes for most").isGreaterThan(1);
    return rows / seconds;
  }

  private static List<Double> waitedMs(List<Decision> decisions) {
    return decisions.stream()
        .map(one -> (double) (one.getDecidedAtMs() - one.getIngestedAtMs()))
        .toList();
  }

  /** How long the same payments would wait at least if each were to have its score. */
  private static List<Double> queuedMs(List<Decision> decisions) {
    double freeAtMs = 0;
    List<Double> waited = new ArrayList<>();
    double[] came = decisions.stream().mapToDouble(one -> (double) one.getIngestedAtMs()).toArray();
    Arrays.sort(came);
    for (double atMs : came) {
      freeAtMs = Math.max(freeAtMs, atMs) + 1e3 / SlowModel.ROWS_A_SECOND;
      waited.add(freeAtMs - atMs);
    }
    return waited;
  }

  private static double percentile99(List<Double> waited) {
    return waited.stream().sorted().toList().get((int) (waited.size() * 0.99));
  }

  private static boolean within(Decision decision, int from, int to) {
    int number = Integer.parseInt(decision.getTransactionId().substring("t-".length()));
    return number >= from && number < to;
  }

  /** In the open loop: what is late is sent at once. */
  private void sendAt(double perSecond, int seconds) {
    int count = (int) (perSecond * seconds);
    long begun = WallClock.nanos();
    for (int i = 0; i < count; i++) {
      while (WallClock.nanos() - begun < i / perSecond * 1e9) {
        LockSupport.parkNanos(200_000); // a load's own rate, not a wait for something
      }
      send(WallClock.INSTANCE.millis(), 0.25f);
    }
    topics.flush();
  }

  private ScoringLoop start(ScoringSettings how, Supplier<Model> models, InstantSource clock) {
    return ScoringLoop.start(how, release(models), clock);
  }

  private static LoadedRelease release(Supplier<Model> models) {
    return ReleaseFixtures.with(ReleaseFixtures.echo(0.5).manifest(), models);
  }

  private void awaitScored(ScoringLoop loop) {
    await()
        .atMost(LIMIT)
        .until(
            () -> {
              int since = fed.size();
              feed(10, i -> 0.25f);
              awaitDecided(loop, fed.size());
              return topics.all(Topics.DECISIONS, Decision.class).stream()
                  .filter(one -> within(one, since, fed.size()))
                  .allMatch(one -> one.getDegraded() == null);
            });
  }

  private void awaitDecided(ScoringLoop loop, int count) {
    await()
        .pollInterval(MOMENT)
        .atMost(LIMIT)
        .until(() -> loop.decided() >= count || !loop.running());
    assertThat(loop.failure()).isNull();
  }

  private List<Decision> degraded(String reason) {
    return topics.all(Topics.DECISIONS, Decision.class).stream()
        .filter(one -> reason.equals(one.getDegraded()))
        .toList();
  }

  /** Of the time to come, so that none of them is late however long it waits. */
  private void feed(int count, Function<Integer, Float> feature) {
    feedAt(WallClock.INSTANCE.millis() + AN_HOUR.toMillis(), count, feature);
  }

  private void feedAt(long ingestedAtMs, int count, Function<Integer, Float> feature) {
    IntStream.range(0, count).forEach(i -> send(ingestedAtMs, feature.apply(i)));
    topics.flush();
  }

  private void send(long ingestedAtMs, float feature) {
    FeatureVector vector = Vectors.of("t-" + fed.size(), feature);
    Transaction payment =
        Transaction.newBuilder(vector.getTransaction()).setIngestedAtMs(ingestedAtMs).build();
    fed.add(payment.getTransactionId());
    topics.put(Topics.TRANSACTIONS, payment.getPayerAccount(), payments.encode(payment));
    topics.put(
        Topics.FEATURES,
        payment.getPayerAccount(),
        vectors.encode(
            new FeatureVector(
                payment, vector.getFeatureDigest(), vector.getValues(), false, false, List.of())));
  }

  private void assertNothingLost() {
    AuditReport report =
        new Auditor(new KafkaTopicLog(kafka.bootstrapServers(), registry)).audit(fed);
    assertThat(report.isClean()).as(report.describe()).isTrue();
    assertThat(report.counts().rawDecisions()).isEqualTo(fed.size());
  }

  /** Takes 2 ms a row without the processor, as a device does; its one feature is its score. */
  private static final class SlowModel implements Model {
    static final int ROWS_A_SECOND = 500;

    @Override
    public int width() {
      return 1;
    }

    @Override
    public void score(float[] rows, int count, float[] scores) {
      long until = WallClock.nanos() + count * 1_000_000_000L / ROWS_A_SECOND;
      while (WallClock.nanos() < until) {
        LockSupport.parkNanos(until - WallClock.nanos());
      }
      System.arraycopy(rows, 0, scores, 0, count);
    }

    @Override
    public void close() {}
  }
}
