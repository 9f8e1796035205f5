package dev.tidegate.app.trials;

import dev.tidegate.app.models.ReleaseSteps;
import dev.tidegate.app.models.Whereabouts;
import dev.tidegate.app.stage.FailureReason;
import dev.tidegate.console.models.TrialProgress;
import dev.tidegate.retrain.trial.TrialSettings;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.access.ClientAccess;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.ReleaseAction;
import dev.tidegate.schemas.event.RetrainRun;
import dev.tidegate.schemas.event.RunState;
import dev.tidegate.schemas.event.ShadowScore;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.release.ReleaseLine;
import dev.tidegate.scoring.store.ReleasePlaces;
import dev.tidegate.scoring.store.S3Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Leads releases through their trials: what a training run made goes into the shadow, then becomes
 * the canary, then is ready for people to approve; a detector's alarm rolls it back at once. It
 * never promotes.
 *
 * <p>It holds no state of its own. At its start it reads which trials run, then what payments
 * brought since the oldest of these began, and goes on from there: a step that stands already is
 * not taken again. One follower a platform; a second one would take the same steps, of which the
 * second of each changes nothing.
 */
public final class TrialFollower implements AutoCloseable {
  private static final int TELL_EACH = 1_000;
  private static final Duration POLL = Duration.ofMillis(100);

  /** Clocks of two brokers differ by less. */
  private static final long CLOCKS_DIFFER_MS = 1_000;

  // configuration
  private final Whereabouts platform;
  private final Trials trials;
  private final Consumer<String> teller;

  // runtime
  private final TrialBook book;
  private final Set<String> made = new LinkedHashSet<>();
  private final TrialSteps due;
  private long passedOver;
  private final Thread thread;
  private volatile boolean ended;
  private volatile List<TrialProgress> progress = List.of();
  private volatile @Nullable Throwable failure;
  private volatile boolean following;

  /**
   * How releases are tried.
   *
   * @param settings of each trial
   * @param labelDelay from a payment to when its outcome may be taken as known
   * @param releases folder, or s3:// address, in which training runs leave releases
   */
  public record Trials(TrialSettings settings, Duration labelDelay, String releases) {}

  private TrialFollower(Whereabouts platform, Trials trials, Consumer<String> teller) {
    this.platform = platform;
    this.trials = trials;
    this.teller = teller;
    this.book = new TrialBook(trials.settings(), trials.labelDelay());
    this.due =
        new TrialSteps(
            new Steps(),
            trials.settings().canaryPercent(),
            teller,
            () -> TimeUnit.NANOSECONDS.toMillis(WallClock.nanos()));
    this.thread = new Thread(this::run, "release-trials");
  }

  /**
   * Starts one in a thread of its own.
   *
   * @param teller is told of each step in a line
   */
  public static TrialFollower start(Whereabouts platform, Trials trials, Consumer<String> teller) {
    TrialFollower follower = new TrialFollower(platform, trials, teller);
    follower.thread.start();
    return follower;
  }

  private void run() {
    SchemaRegistry registry = new ConfluentRegistry(platform.registry());
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            ClientAccess.with(
                Map.of(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    platform.kafka(),
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    "read_committed",
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    false)),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      Map<String, StandingTopics.Taker> takers = takers(registry);
      readStanding(consumer, takers);
      following = true;
      while (!ended) {
        act();
        progress = book.progress();
        consumer
            .poll(POLL)
            .forEach(found -> takers.getOrDefault(found.topic(), record -> {}).take(found));
      }
    } catch (Throwable e) { // an error too must not end it unseen
      failure = e;
      teller.accept("release trials ended: " + FailureReason.of(e));
    } finally {
      following = false;
    }
  }

  /** Takers in the order in which what stands is read: what releases do, what they answered. */
  private Map<String, StandingTopics.Taker> takers(SchemaRegistry registry) {
    Map<String, StandingTopics.Taker> takers = new LinkedHashMap<>();
    takers.put(
        Topics.MODELS.topic(), taker(Topics.MODELS, ModelRelease.class, registry, book::step));
    takers.put(
        Topics.RETRAIN_RUNS.topic(),
        taker(Topics.RETRAIN_RUNS, RetrainRun.class, registry, (run, atMs) -> ran(run)));
    takers.put(
        Topics.SHADOW_SCORES.topic(),
        taker(
            Topics.SHADOW_SCORES,
            ShadowScore.class,
            registry,
            (score, atMs) -> book.shadowed(score).forEach(due::add)));
    takers.put(
        Topics.DECISIONS.topic(),
        taker(
            Topics.DECISIONS,
            Decision.class,
            registry,
            (decision, atMs) -> book.decided(decision).forEach(due::add)));
    takers.put(
        Topics.LABELS.topic(),
        taker(Topics.LABELS, Label.class, registry, (label, atMs) -> book.labelled(label)));
    return takers;
  }

  /**
   * Decodes for one who takes an event and when the broker wrote it; what is no event is told and
   * passed over.
   */
  private <T extends SpecificRecord> StandingTopics.Taker taker(
      Topics topic, Class<T> type, SchemaRegistry registry, BiConsumer<T, Long> taker) {
    EventCodec<T> codec = EventCodec.of(topic, type, registry);
    return found -> {
      T event = found.value() == null ? null : decoded(codec, found);
      if (event != null) {
        taker.accept(event, found.timestamp());
      }
    };
  }

  private <T extends SpecificRecord> @Nullable T decoded(
      EventCodec<T> codec, ConsumerRecord<byte[], byte[]> found) {
    try {
      return codec.decode(found.value());
    } catch (IllegalArgumentException e) {
      if (passedOver++ % TELL_EACH != 0) {
        return null;
      }
      String place = found.topic() + "-" + found.partition() + " at " + found.offset();
      teller.accept("trials pass over what they cannot read, " + place + ": " + e.getMessage());
      return null;
    }
  }

  /**
   * Reads what releases do and which were made; then of what payments brought only what came since
   * the oldest trial began, which is nothing where none runs. Labels are never read ahead of their
   * decisions nor far behind them, so what has matured can leave on the way.
   */
  private void readStanding(
      KafkaConsumer<byte[], byte[]> consumer, Map<String, StandingTopics.Taker> takers) {
    StandingTopics topics = new StandingTopics(consumer, takers.keySet(), () -> ended);
    Map<String, StandingTopics.Taker> ofPayments = new LinkedHashMap<>(takers);
    for (Topics control : List.of(Topics.MODELS, Topics.RETRAIN_RUNS)) {
      StandingTopics.Taker taker = ofPayments.remove(control.topic());
      if (taker != null) {
        topics.readWhole(control.topic(), taker);
      }
    }
    OptionalLong since = book.since();
    if (since.isEmpty()) {
      ofPayments.keySet().forEach(topics::passOver);
    } else {
      topics.readFrom(
          ofPayments,
          since.getAsLong() - CLOCKS_DIFFER_MS,
          WallClock.INSTANCE.millis(),
          () -> book.mature().forEach(due::add));
    }
    topics.goOn();
  }

  private void ran(RetrainRun run) {
    String release = run.getRelease();
    if (run.getState() == RunState.SUCCEEDED && release != null) {
      made.add(release);
    }
  }

  private void act() {
    for (String release : List.copyOf(made)) {
      made.remove(release);
      String place = ReleasePlaces.within(trials.releases(), release);
      if (!book.knows(release) && (S3Address.isOne(place) || Files.isDirectory(Path.of(place)))) {
        due.shadow(place);
      }
    }
    book.mature().forEach(due::add);
    due.act();
  }

  /** Steps at the platform that is followed. */
  private final class Steps implements TrialSteps.Platform {
    private final ReleaseSteps steps = new ReleaseSteps(platform, WallClock.INSTANCE);

    @Override
    public ReleaseLine.Roles roles() {
      return steps.standing().roles();
    }

    @Override
    public @Nullable String take(
        ReleaseAction action, String release, @Nullable Integer percent, ReleaseSteps.By by) {
      ModelRelease taken = steps.takeOnce(action, release, percent, by);
      return taken == null ? null : taken.getRelease();
    }

    @Override
    public boolean noteReady(String release, ReleaseSteps.By by) {
      return steps.noteReady(release, by);
    }
  }

  /** How far each trial is, at most a moment ago. */
  public List<TrialProgress> progress() {
    return progress;
  }

  /** What stopped it; null while all is well. Whoever runs it asks again and again. */
  public @Nullable Throwable failure() {
    return failure;
  }

  /** True while it has read what stood and reads on. */
  public boolean following() {
    return following;
  }

  /** Waits until it ends by a failure, or the caller is interrupted. */
  public void awaitEnd() throws InterruptedException {
    thread.join();
  }

  /** Ends it; no trial ends by that. */
  @Override
  public void close() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
