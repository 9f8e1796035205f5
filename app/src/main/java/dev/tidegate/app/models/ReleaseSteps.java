package dev.tidegate.app.models;

import dev.tidegate.app.Refused;
import dev.tidegate.app.topics.TopicsReader;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.RegistryException;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.ReleaseAction;
import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.release.LoadedRelease;
import dev.tidegate.scoring.release.ReleaseLine;
import dev.tidegate.scoring.release.ReleaseRefused;
import dev.tidegate.scoring.release.ReleaseSource;
import dev.tidegate.scoring.release.ReleaseStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Steps of releases as events on [models]. A step is tried here first, against the events that
 * stand and the release's own folder, so that whoever asks hears of a refusal; scorers try it again
 * for themselves.
 */
public final class ReleaseSteps {
  private final Whereabouts platform;
  private final SchemaRegistry registry;
  private final InstantSource clock;
  private final LoadedRelease first;

  /**
   * Steps at a platform.
   *
   * @param clock stamps events
   * @throws Refused if the release its scorers were started with cannot be read
   */
  public ReleaseSteps(Whereabouts platform, InstantSource clock) {
    this.platform = platform;
    this.registry = new ConfluentRegistry(platform.registry());
    this.clock = clock;
    this.first = load(Path.of(platform.release()));
  }

  private static LoadedRelease load(Path folder) {
    try {
      return ReleaseStore.load(folder);
    } catch (ReleaseRefused e) {
      throw new Refused(e);
    }
  }

  /**
   * What stands.
   *
   * @param roles who does what
   * @param steps all steps taken, in their order, of this model
   */
  public record Standing(ReleaseLine.Roles roles, List<ModelRelease> steps) {}

  /** What stands on the topic now. */
  public Standing standing() {
    List<ModelRelease> taken = new ArrayList<>();
    return new Standing(line(taken).roles(), taken);
  }

  private ReleaseLine line(List<ModelRelease> taken) {
    ReleaseLine line =
        new ReleaseLine(
            first.manifest().model(),
            new ReleaseLine.Known(
                first.manifest().release(), platform.release(), first.manifestSha256()));
    for (ModelRelease event : events()) {
      if (event.getModel().equals(first.manifest().model()) && line.apply(event) == null) {
        taken.add(event);
      }
    }
    return line;
  }

  private List<ModelRelease> events() {
    List<ModelRelease> events = new ArrayList<>();
    try (TopicsReader reader =
        TopicsReader.fromBeginning(
            platform.kafka(),
            new TopicsReader.Takers(registry).on(Topics.MODELS, ModelRelease.class, events::add))) {
      reader.readToEnd();
      RuntimeException failure = reader.failure();
      if (failure != null) {
        throw failure;
      }
    } catch (KafkaException | RegistryException e) {
      throw new Refused(
          "the platform at " + platform.kafka() + " does not answer: " + e.getMessage());
    }
    return events;
  }

  /**
   * Takes a step.
   *
   * @param release its folder, or its name if an event has named it before
   * @param percent share of payers, for a canary
   * @param by who takes it
   * @return the event, acknowledged by Kafka
   * @throws Refused if the step cannot be, with the reason
   */
  public ModelRelease take(
      ReleaseAction action, String release, @Nullable Integer percent, String by) {
    ReleaseLine line = line(new ArrayList<>());
    ReleaseLine.Known known = known(line, release);
    if (action != ReleaseAction.ROLLBACK && action != ReleaseAction.RETIRE) {
      prove(known);
    }
    ModelRelease event =
        ModelRelease.newBuilder()
            .setRelease(known.release())
            .setModel(first.manifest().model())
            .setAction(action)
            .setUri(known.uri())
            .setManifestSha256(known.manifestSha256())
            .setFeatureDigest(first.manifest().featureDigest())
            .setCanaryPercent(percent)
            .setBy(by)
            .setAtMs(clock.millis())
            .build();
    String refusal = line.apply(event);
    if (refusal != null) {
      throw new Refused(action + " of " + known.release() + " is refused: " + refusal);
    }
    send(event);
    return event;
  }

  private ReleaseLine.Known known(ReleaseLine line, String release) {
    ReleaseLine.Known named = line.known(release);
    if (named != null) {
      return named;
    }
    Path folder = Path.of(release);
    if (!Files.isDirectory(folder)) {
      throw new Refused(release + " is neither a release on [models] nor a folder");
    }
    LoadedRelease loaded = load(folder);
    if (!loaded.manifest().model().equals(first.manifest().model())) {
      throw new Refused(
          release
              + " is of model "
              + loaded.manifest().model()
              + ", not "
              + first.manifest().model());
    }
    return new ReleaseLine.Known(
        loaded.manifest().release(),
        folder.toAbsolutePath().normalize().toString(),
        loaded.manifestSha256());
  }

  private void prove(ReleaseLine.Known known) {
    try {
      ReleaseSource.folders(first.manifest(), Device.CPU).load(known);
    } catch (ReleaseRefused e) {
      throw new Refused(e);
    }
  }

  private void send(ModelRelease event) {
    EventCodec<ModelRelease> codec = EventCodec.of(Topics.MODELS, ModelRelease.class, registry);
    Map<String, Object> config =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            platform.kafka(),
            ProducerConfig.ACKS_CONFIG,
            "all");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      byte[] key = event.getModel().getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(Topics.MODELS.topic(), key, codec.encode(event))).get();
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException e) {
      throw new Refused("Kafka did not take the step: " + e.getCause());
    }
  }
}
