package dev.tidegate.scoring.loop;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.decide.DecisionMaker;
import dev.tidegate.scoring.decide.EventId;
import dev.tidegate.scoring.decide.Verdict;
import dev.tidegate.scoring.release.LoadedRelease;
import dev.tidegate.scoring.release.ReleaseSource;
import dev.tidegate.scoring.rules.RuleLanguage;
import dev.tidegate.scoring.rules.RuleSet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A scorer: [features] in, [decisions] and [alerts] out, in a thread of its own. Each turn takes
 * what is queued, up to the largest batch, and waits for nothing; decides it; publishes it; and
 * commits its offsets once all of it is acknowledged.
 *
 * <p>Delivery to it is at least once; a payment is decided once all the same, because a scorer
 * remembers what stands on its output topics ({@link WrittenIds}) and skips it: at start, and
 * whenever it is given partitions that another scorer had. Several loops, in one process or many,
 * share the work by their consumer group.
 *
 * <p>Rules come from [rules] and releases from [models] while it runs, see {@link RulesReader} and
 * {@link ServingReleases}.
 *
 * <p>A loop that fails stops, with offsets uncommitted, and says why in {@link #failure()}; whoever
 * runs it starts another. Model trouble is no failure: it degrades decisions (see {@link
 * DecisionMaker}).
 */
public final class ScoringLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScoringLoop.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long CATCH_UP_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long CONTROL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LOG_EVERY_FAILURE = 1000;

  // configuration
  private final ScoringSettings settings;
  private final InstantSource clock;
  private final ScoringMeter meter;
  private final Consumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private final WrittenIds decisionIds;
  private final WrittenIds alertIds;
  private final VectorReader reader;
  private final VerdictWriter writer;
  private final RulesReader rules;
  private final ServingReleases releases;
  private final StandingAlerts standing;
  private final WrittenIds reasonIds;
  private final UnexplainedAlerts unexplained;
  private final ReasonWriter reasons;
  private final Thread thread;

  // runtime
  private final AtomicLong decided = new AtomicLong();
  private volatile boolean stopping;
  private volatile boolean killed;
  private volatile @Nullable Throwable failure;
  private boolean batchAtHand;
  private long caughtUpAtNanos;
  private long controlReadAtNanos;
  private long modelFailures;

  private ScoringLoop(
      ScoringSettings settings, LoadedRelease release, InstantSource clock, ScoringMeter meter) {
    this.settings = settings;
    this.clock = clock;
    this.meter = meter;
    this.consumer = KafkaClients.vectors(settings);
    this.producer = KafkaClients.verdicts(settings);
    this.decisionIds =
        new WrittenIds(
            Topics.DECISIONS,
            KafkaClients.tail(settings),
            key -> EventId.decision(new String(key, StandardCharsets.UTF_8)),
            (id, decision) -> {},
            clock,
            settings.horizon());
    this.reasonIds = alertIds(Topics.ALERT_REASONS, (id, reasons) -> {});
    this.unexplained = new UnexplainedAlerts(reasonIds::has);
    this.standing =
        new StandingAlerts(settings.registry(), decisionIds::has, unexplained::standing);
    this.alertIds = alertIds(Topics.ALERTS, standing::read);
    this.reasons = new ReasonWriter(producer, settings.registry(), clock);
    this.reader = new VectorReader(settings.registry());
    this.writer = new VerdictWriter(producer, settings.registry(), decisionIds, alertIds);
    this.rules =
        new RulesReader(
            KafkaClients.tail(settings),
            settings.registry(),
            RuleSet.empty(RuleLanguage.over(release.manifest().featureNames())));
    this.releases =
        new ServingReleases(
            KafkaClients.tail(settings),
            settings.registry(),
            release,
            ReleaseSource.folders(release.manifest(), settings.device()),
            clock,
            this::logModelFailure);
    this.thread = new Thread(this::run, "scoring-" + release.manifest().release());
  }

  /**
   * Starts a scorer with figures of its own.
   *
   * @param clock stamps decisions and ages ids; the wall clock, except in tests
   */
  public static ScoringLoop start(
      ScoringSettings settings, LoadedRelease release, InstantSource clock) {
    return start(settings, release, clock, new ScoringMeter());
  }

  /** Starts a scorer that counts on a meter shared with others. */
  public static ScoringLoop start(
      ScoringSettings settings, LoadedRelease release, InstantSource clock, ScoringMeter meter) {
    ScoringLoop loop = new ScoringLoop(settings, release, clock, meter);
    loop.thread.start();
    return loop;
  }

  private WrittenIds alertIds(Topics topic, BiConsumer<EventId, byte[]> reader) {
    return new WrittenIds(
        topic,
        KafkaClients.tail(settings),
        ScoringLoop::alertId,
        reader,
        clock,
        settings.horizon());
  }

  /** Alerts of other lanes have ids of the same form; a key of another form is not a scorer's. */
  private static @Nullable EventId alertId(byte[] key) {
    try {
      return EventId.parse(new String(key, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private void run() {
    try {
      releases.start(this::goOn);
      reasonIds.rebuild(this::goOn);
      decisionIds.rebuild(this::goOn);
      alertIds.rebuild(this::goOn);
      rules.readAll(this::goOn);
      if (!goOn()) {
        return;
      }
      DecisionMaker maker =
          new DecisionMaker(releases.lineup(), settings.policy(), settings.overloadAfter());
      maker.use(rules.current());
      releases.atWork().forEach(reasons::explain);
      reasons.ask(unexplained.take());
      caughtUpAtNanos = WallClock.nanos();
      LOG.info(
          "release {} scores; {} decisions and {} alerts of the last {} are remembered",
          releases.champion().release().manifest().release(),
          decisionIds.size(),
          alertIds.size(),
          settings.horizon());
      consumer.subscribe(List.of(Topics.FEATURES.topic()), new Rebalance());
      while (goOn()) {
        turn(maker);
      }
      commitNow();
    } catch (Throwable e) {
      stoppedBy(e);
    } finally {
      release();
    }
  }

  private void turn(DecisionMaker maker) {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    if (WallClock.nanos() - controlReadAtNanos > CONTROL_NANOS) {
      readControl(maker);
    }
    if (!records.isEmpty()) {
      long started = WallClock.nanos();
      batchAtHand = true;
      Intake intake = reader.read(records, decisionIds::claim);
      meter.read(intake);
      decide(maker, intake.vectors());
      batchAtHand = false;
      commitSoon();
      long micros = TimeUnit.NANOSECONDS.toMicros(WallClock.nanos() - started);
      meter.finished(micros, lag(), (long) decisionIds.size() + alertIds.size());
    }
    if (WallClock.nanos() - caughtUpAtNanos > CATCH_UP_NANOS) {
      catchUp();
    }
  }

  private void decide(DecisionMaker maker, List<FeatureVector> vectors) {
    List<Verdict> verdicts = standing.answer(maker.decide(vectors, clock.millis()));
    List<Alert> alerts = writer.publish(verdicts);
    reasons.ask(alerts);
    meter.alerted(alerts.size());
    meter.acknowledged(verdicts);
    decided.addAndGet(verdicts.size());
  }

  /**
   * Changes releases and rules between batches: each batch is decided by one lineup and one set.
   */
  private void readControl(DecisionMaker maker) {
    if (releases.refresh()) {
      maker.use(releases.lineup());
      releases.atWork().forEach(reasons::explain);
      meter.linedUp();
    }
    meter.releases(releases.takeRefused(), releases.lineup(), releases.champion().device());
    if (rules.readNew()) {
      maker.use(rules.current());
    }
    meter.rules(
        rules.takeRefused(), maker.takeRuleFailures(), rules.current().definitions().size());
    meter.reasons(reasons.takeCounts());
    controlReadAtNanos = WallClock.nanos();
  }

  /** Keeps the distance to other scorers' records short, so that an assignment waits little. */
  private void catchUp() {
    decisionIds.catchUp(this::goOn);
    standing.forgetDecided();
    alertIds.catchUp(this::goOn);
    caughtUpAtNanos = WallClock.nanos();
  }

  private boolean goOn() {
    return !stopping;
  }

  private long lag() {
    return consumer.assignment().stream()
        .map(consumer::currentLag)
        .filter(OptionalLong::isPresent)
        .mapToLong(OptionalLong::getAsLong)
        .sum();
  }

  /** Does not wait; a later commit covers one that fails, as all do while a group rebalances. */
  private void commitSoon() {
    if (!killed) {
      consumer.commitAsync(
          (offsets, e) -> {
            if (e != null) {
              LOG.debug("a commit is left to the next one: {}", e.getMessage());
            }
          });
    }
  }

  /**
   * Commits unless a batch is at hand, which is so when the loop fails: closing the consumer calls
   * back as a revocation does. A commit that does not come through costs only that vectors are read
   * again and skipped.
   */
  private void commitNow() {
    if (killed || batchAtHand) {
      return;
    }
    try {
      consumer.commitSync();
    } catch (KafkaException e) {
      LOG.warn("offsets were not committed, vectors will be read again: {}", e.getMessage());
    }
  }

  private void logModelFailure(String name, RuntimeException e) {
    if (modelFailures++ % LOG_EVERY_FAILURE == 0) {
      LOG.error("release {} failed ({} failures so far); it has no answer", name, modelFailures, e);
    }
  }

  private void stoppedBy(Throwable e) {
    if (!killed) {
      failure = e;
      LOG.error("scoring stopped; offsets of its last batch are not committed", e);
    }
  }

  private void release() {
    Duration patience = killed ? Duration.ZERO : Duration.ofSeconds(5);
    reasons.finish(patience);
    reasons.close();
    producer.close(patience);
    consumer.close(CloseOptions.timeout(patience));
    decisionIds.close();
    alertIds.close();
    reasonIds.close();
    rules.close();
    releases.close();
  }

  /** Decisions acknowledged by Kafka since the start. */
  public long decided() {
    return decided.get();
  }

  /** What stopped the loop; null while it runs and after an orderly end. */
  public @Nullable Throwable failure() {
    return failure;
  }

  /** True until the loop has ended, for whatever reason. */
  public boolean running() {
    return thread.isAlive();
  }

  /**
   * Waits until the loop has ended.
   *
   * @return what {@link #failure()} says then
   */
  public @Nullable Throwable awaitEnd() throws InterruptedException {
    thread.join();
    return failure;
  }

  /** The figures so far. */
  public ScoringMetrics metrics() {
    return meter.snapshot();
  }

  /** Finishes the batch at hand, commits, leaves the group; returns when all is closed. */
  @Override
  public void close() {
    stopping = true;
    joined();
  }

  /**
   * Stops as a crash would: whatever is not acknowledged is dropped, nothing is committed. For
   * tests of recovery.
   */
  public void kill() {
    killed = true;
    stopping = true;
    producer.close(Duration.ZERO);
    joined();
  }

  private void joined() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs within poll, between batches, when nothing is in flight; and while the loop closes. */
  private final class Rebalance implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      if (!partitions.isEmpty()) {
        catchUp();
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      commitNow();
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      LOG.warn("partitions {} were lost; their next owner skips what is decided", partitions);
    }
  }
}
