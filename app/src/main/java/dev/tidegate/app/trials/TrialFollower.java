package dev.tidegate.app.trials;

import dev.tidegate.app.OutcomeUnknown;
import dev.tidegate.app.Refused;
import dev.tidegate.app.models.ReleaseSteps;
import dev.tidegate.app.models.Whereabouts;
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
import dev.tidegate.scoring.store.ReleasePlaces;
import dev.tidegate.scoring.store.S3Address;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
  private final ReleaseSteps steps;
  private final Set<String> made = new LinkedHashSet<>();
  private final List<TrialBook.Due> due = new ArrayList<>();
  private final Thread thread;
  private volatile boolean ended;
  private volatile List<TrialProgress> progress = List.of();
  private volatile @Nullable RuntimeException failure;

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
    this.steps = new ReleaseSteps(platform, WallClock.INSTANCE);
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
      while (!ended) {
        act();
        progress = book.progress();
        consumer
            .poll(POLL)
            .forEach(
                found -> takers.getOrDefault(found.topic(), value -> {}).accept(found.value()));
      }
    } catch (RuntimeException e) {
      failure = e;
      teller.accept("release trials ended: " + e.getMessage());
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
            score -> due.addAll(book.shadowed(score))));
    takers.put(
        Topics.DECISIONS.topic(),
        taker(
            Topics.DECISIONS,
            Decision.class,
            registry,
            decision -> due.addAll(book.decided(decision))));
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
        take(
            ReleaseAction.SHADOW,
            place,
            null,
            new ReleaseSteps.By(TrialBook.BY, "it passed its gates"));
      }
    }
    due.addAll(book.mature());
    for (TrialBook.Due one : List.copyOf(due)) {
      due.remove(one);
      act(one);
    }
  }

  private void act(TrialBook.Due one) {
    ReleaseSteps.By by = new ReleaseSteps.By(TrialBook.BY, one.step().reason());
    switch (one.step().kind()) {
      case CANARY -> canary(one, by);
      case READY -> {
        if (steps.noteReady(one.release(), by)) {
          teller.accept(
              one.release() + " is ready for approval and promotion: " + one.step().reason());
        }
      }
      case ROLLBACK -> take(ReleaseAction.ROLLBACK, one.release(), null, by);
    }
  }

  private void canary(TrialBook.Due one, ReleaseSteps.By by) {
    String canary = steps.standing().roles().canary();
    if (canary == null) {
      take(ReleaseAction.CANARY, one.release(), trials.settings().canaryPercent(), by);
    } else if (!canary.equals(one.release())) {
      // Its turn comes when the other trial has ended.
      due.add(one);
    }
  }

  private void take(
      ReleaseAction action, String release, @Nullable Integer percent, ReleaseSteps.By by) {
    try {
      String name = steps.take(action, release, percent, by).getRelease();
      teller.accept(action.name().toLowerCase(Locale.ROOT) + " of " + name + ": " + by.reason());
    } catch (Refused | OutcomeUnknown e) {
      teller.accept(e.getMessage());
    }
  }

  /** How far each trial is, at most a moment ago. */
  public List<TrialProgress> progress() {
    return progress;
  }

  /** What stopped it; null while all is well. */
  public @Nullable RuntimeException failure() {
    return failure;
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
