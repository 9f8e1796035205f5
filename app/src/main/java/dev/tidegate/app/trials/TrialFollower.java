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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Leads releases through their trials: what a training run made goes into the shadow, then becomes
 * the canary, then is ready for people to approve; a detector's alarm rolls it back at once. It
 * never promotes.
 *
 * <p>It holds no state of its own. At its start it reads what the topics keep, topic after topic,
 * and goes on from there: a step that stands already is not taken again. One follower a platform; a
 * second one would take the same steps, of which the second of each changes nothing.
 */
public final class TrialFollower implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  // configuration
  private final Whereabouts platform;
  private final Trials trials;
  private final Consumer<String> teller;

  // runtime
  private final TrialBook book;
  private final Set<String> made = new LinkedHashSet<>();
  private final TrialSteps due;
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
      Map<String, Consumer<byte[]>> takers = takers(registry);
      List<TopicPartition> partitions = readStanding(consumer, takers);
      consumer.resume(partitions);
      following = true;
      while (!ended) {
        act();
        progress = book.progress();
        consumer
            .poll(POLL)
            .forEach(
                found -> takers.getOrDefault(found.topic(), value -> {}).accept(found.value()));
      }
    } catch (Throwable e) { // an error too must not end it unseen
      failure = e;
      teller.accept("release trials ended: " + FailureReason.of(e));
    } finally {
      following = false;
    }
  }

  /** Takers in the order in which what stands is read: what releases do, what they answered. */
  private Map<String, Consumer<byte[]>> takers(SchemaRegistry registry) {
    Map<String, Consumer<byte[]>> takers = new LinkedHashMap<>();
    takers.put(
        Topics.MODELS.topic(), taker(Topics.MODELS, ModelRelease.class, registry, book::step));
    takers.put(
        Topics.RETRAIN_RUNS.topic(),
        taker(Topics.RETRAIN_RUNS, RetrainRun.class, registry, this::ran));
    takers.put(
        Topics.SHADOW_SCORES.topic(),
        taker(
            Topics.SHADOW_SCORES,
            ShadowScore.class,
            registry,
            score -> book.shadowed(score).forEach(due::add)));
    takers.put(
        Topics.DECISIONS.topic(),
        taker(
            Topics.DECISIONS,
            Decision.class,
            registry,
            decision -> book.decided(decision).forEach(due::add)));
    takers.put(Topics.LABELS.topic(), taker(Topics.LABELS, Label.class, registry, book::labelled));
    return takers;
  }

  private static <T extends SpecificRecord> Consumer<byte[]> taker(
      Topics topic, Class<T> type, SchemaRegistry registry, Consumer<T> taker) {
    EventCodec<T> codec = EventCodec.of(topic, type, registry);
    return value -> {
      if (value != null) {
        taker.accept(codec.decode(value));
      }
    };
  }

  /** Reads each topic to where it ends now, one after another. */
  private List<TopicPartition> readStanding(
      KafkaConsumer<byte[], byte[]> consumer, Map<String, Consumer<byte[]>> takers) {
    List<TopicPartition> all = new ArrayList<>();
    for (String topic : takers.keySet()) {
      consumer
          .partitionsFor(topic)
          .forEach(of -> all.add(new TopicPartition(topic, of.partition())));
    }
    consumer.assign(all);
    consumer.seekToBeginning(all);
    Map<TopicPartition, Long> ends = consumer.endOffsets(all);
    consumer.pause(all);
    for (Map.Entry<String, Consumer<byte[]>> topic : takers.entrySet()) {
      List<TopicPartition> own =
          all.stream().filter(of -> of.topic().equals(topic.getKey())).toList();
      consumer.resume(own);
      while (!ended
          && own.stream().anyMatch(of -> consumer.position(of) < ends.getOrDefault(of, 0L))) {
        consumer.poll(POLL).forEach(found -> topic.getValue().accept(found.value()));
      }
      consumer.pause(own);
    }
    return all;
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
