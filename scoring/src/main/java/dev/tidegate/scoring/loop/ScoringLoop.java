package dev.tidegate.scoring.loop;

import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.decide.DecisionMaker;
import dev.tidegate.scoring.decide.Verdict;
import dev.tidegate.scoring.release.LoadedRelease;
import dev.tidegate.scoring.release.ReleaseSource;
import dev.tidegate.scoring.rules.RuleLanguage;
import dev.tidegate.scoring.rules.RuleSet;
import dev.tidegate.scoring.store.ReleasePlaces;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A scorer: its lane's vectors in, decisions and alerts out, in a thread of its own. Each turn
 * takes what is queued, up to the largest batch ({@link VectorQueue}); decides it; publishes it;
 * and commits its offsets once all of it is acknowledged. With two buffers the loop reads the next
 * batch and publishes the one before while models are at one, see {@link #turn}.
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
  private final PastVerdicts past;
  private final Commits commits;
  private final VectorQueue queue;
  private final VerdictWriter writer;
  private final RulesReader rules;
  private final ServingReleases releases;
  private final ReasonWriter reasons;
  private final Thread thread;

  // runtime
  private final AtomicLong decided = new AtomicLong();
  private volatile boolean stopping;
  private volatile boolean killed;
  private volatile @Nullable Throwable failure;
  private @Nullable Flight flight;
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
    this.past = new PastVerdicts(settings, clock);
    this.reasons = new ReasonWriter(producer, settings.registry(), clock);
    this.commits = new Commits(consumer);
    this.queue = new VectorQueue(new VectorReader(settings), settings.batching(), clock);
    this.writer = new VerdictWriter(producer, settings, past.decisions(), past.alerts());
    this.rules =
        new RulesReader(
            KafkaClients.tail(settings),
            settings.registry(),
            RuleSet.empty(RuleLanguage.over(release.manifest().featureNames())));
    this.releases =
        new ServingReleases(
            KafkaClients.tail(settings),
            settings,
            release,
            ReleaseSource.folders(release.manifest(), settings.device(), ReleasePlaces::folder),
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

  /**
   * Starts a scorer that counts on a meter shared with others.
   *
   * @throws dev.tidegate.scoring.release.ReleaseRefused if the release is of another lane
   */
  public static ScoringLoop start(
      ScoringSettings settings, LoadedRelease release, InstantSource clock, ScoringMeter meter) {
    settings.lane().require(release.manifest());
    ScoringLoop loop = new ScoringLoop(settings, release, clock, meter);
    loop.thread.start();
    return loop;
  }

  private void run() {
    try {
      releases.start(this::goOn);
      past.rebuild(this::goOn);
      if (settings.lane().asksRules()) {
        rules.readAll(this::goOn);
      }
      if (!goOn()) {
        return;
      }
      DecisionMaker maker =
          new DecisionMaker(
              releases.lineup(),
              settings.policy(),
              settings.limits().overloadAfter(),
              settings.lane());
      maker.use(rules.current());
      releases.atWork().forEach(reasons::explain);
      reasons.ask(past.takeUnexplained());
      caughtUpAtNanos = WallClock.nanos();
      LOG.info(
          "release {} scores; {} decisions and {} alerts of the last {} are remembered",
          releases.champion().release().manifest().release(),
          past.decisions().size(),
          past.alerts().size(),
          settings.horizon());
      consumer.subscribe(List.of(settings.lane().vectors().topic()), new Rebalance(maker));
      while (goOn()) {
        turn(maker);
      }
      settle(maker);
    } catch (Throwable e) {
      stoppedBy(e);
    } finally {
      release();
    }
  }

  /**
   * With two buffers, from left to right, a batch's models at work between its start and its
   * finish: {@code read n+1, finish n, start n+1, publish n, read n+2, finish n+1, ...}. With one,
   * nothing is in flight from one turn to the next.
   */
  private void turn(DecisionMaker maker) {
    poll(flight == null ? queue.patience(POLL) : Duration.ZERO);
    if (WallClock.nanos() - controlReadAtNanos > CONTROL_NANOS) {
      settle(maker);
      readControl(maker);
    }
    if (flight != null) {
      flight.finish(maker, clock);
      poll(Duration.ZERO); // what came while models were at work goes with the next batch
    }
    boolean due = queue.due() && remembers();
    Flight done = flight; // null if a rebalance within poll has settled it
    flight = due ? start(maker) : null;
    if (done != null) {
      publish(maker, done);
    }
    if (!settings.batching().overlapped()) {
      settle(maker);
    }
    if (WallClock.nanos() - caughtUpAtNanos > CATCH_UP_NANOS) {
      catchUp();
    }
  }

  private void poll(Duration patience) {
    if (queue.hasRoom()) {
      queue.add(consumer.poll(patience));
      meter.waiting(queue.due() ? 0 : queue.size());
    }
  }

  /** True if all is known that may have been written about what is queued, and some still is. */
  private boolean remembers() {
    past.age();
    if (past.reachBack(queue.oldestMs(), this::goOn)) {
      // That may have taken long: partitions that were lost meanwhile are another scorer's.
      consumer.pause(consumer.assignment());
      queue.add(consumer.poll(Duration.ZERO));
      consumer.resume(consumer.assignment());
      catchUp();
    }
    return goOn() && queue.due();
  }

  private Flight start(DecisionMaker maker) {
    List<Long> waitedMs = new ArrayList<>();
    Intake intake = queue.take(past.decisions()::claim, waitedMs::add);
    meter.read(intake, waitedMs);
    return Flight.start(intake, maker, clock);
  }

  private void publish(DecisionMaker maker, Flight done) {
    List<Verdict> verdicts = past.answer(done.finish(maker, clock));
    List<Alert> alerts = writer.publish(verdicts);
    reasons.ask(alerts, done.intake().vectors());
    meter.alerted(alerts.size());
    meter.acknowledged(verdicts);
    decided.addAndGet(verdicts.size());
    if (!killed) {
      commits.soon(done.intake().next());
    }
    meter.finished(done.micros(), done.modelMicros(), commits.lag(), past.size());
  }

  /** Ends what is in flight. */
  private void settle(DecisionMaker maker) {
    Flight last = flight;
    if (last != null) {
      publish(maker, last);
      flight = null;
    }
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
    meter.releases(
        releases.takeRefused(), releases.takeRetries(), releases.lineup(), releases.device());
    if (settings.lane().asksRules() && rules.readNew()) {
      maker.use(rules.current());
    }
    meter.rules(
        rules.takeRefused(), maker.takeRuleFailures(), rules.current().definitions().size());
    meter.reasons(reasons.takeCounts());
    controlReadAtNanos = WallClock.nanos();
  }

  /** Keeps the distance to other scorers' records short, so that an assignment waits little. */
  private void catchUp() {
    past.catchUp(this::goOn);
    caughtUpAtNanos = WallClock.nanos();
  }

  private boolean goOn() {
    return !stopping;
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
    flight = null; // not published, not committed, read again by the next
    reasons.finish(patience);
    reasons.close();
    producer.close(patience);
    consumer.close(CloseOptions.timeout(patience));
    past.close();
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

  /**
   * Runs within poll, between turns' other work; and, with nothing in flight, while the loop
   * closes.
   */
  private final class Rebalance implements ConsumerRebalanceListener {
    private final DecisionMaker maker;

    private Rebalance(DecisionMaker maker) {
      this.maker = maker;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      if (!partitions.isEmpty()) {
        catchUp();
      }
    }

    /** Whoever has them next reads on behind what is written, and reads that again as well. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      if (!killed) {
        settle(maker);
        commits.now();
      }
      forget(partitions);
    }

    /** A batch in flight may hold payments that another scorer decides by now: it is dropped. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      LOG.warn("partitions {} were lost; their next owner skips what is decided", partitions);
      forget(partitions);
      if (flight != null) {
        throw new IllegalStateException("partitions were lost with a batch in flight");
      }
    }

    private void forget(Collection<TopicPartition> partitions) {
      queue.forget(partitions);
      commits.forget(partitions);
    }
  }
}
