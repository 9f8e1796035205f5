package dev.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.app.offline.FeatureRows;
import dev.tidegate.app.offline.LabelledFile;
import dev.tidegate.app.release.ChosenRelease;
import dev.tidegate.app.release.Releases;
import dev.tidegate.app.run.CommandRun;
import dev.tidegate.app.stage.Jobs;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.ingest.profile.Profile;
import dev.tidegate.ingest.profile.Profiles;
import dev.tidegate.ingest.publish.TransactionPublisher;
import dev.tidegate.lab.platform.EmbeddedPlatform;
import dev.tidegate.lab.platform.PlatformOptions;
import dev.tidegate.lab.platform.RunningJob;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.flink.StreamSettings;
import dev.tidegate.schemas.time.WallClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What docs/concepts/features.md promises a data scientist: one line more in the catalogue is two
 * columns more in training, and the release that comes of it has them computed live.
 */
final class OneLineFeatureIT {
  private static final String LINE =
      "  - {entity: card, aggregate: distinct, field: terminal, windows: [10m, 1h]}\n";
  private static final List<String> NEW =
      List.of("card_distinct_terminal_10m", "card_distinct_terminal_1h");
  private static final int LIVE = 3_000;
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @TempDir private Path folder;

  @Test
  void shouldReachTrainingAndLiveVectorsByOneLineOfYaml() throws Exception {
    CommandRun.of(
            ("simulate --seed 3 --customers 300 --days 14 --out " + folder.resolve("bank"))
                .split(" "))
        .succeeded();
    Path features = catalogueWithTheLine();
    CommandRun.of(
            ("train --profile simulator_fraud --until 2026-01-10 --label-delay 1d --model one-1"
                    + " --from "
                    + file()
                    + " --features "
                    + features
                    + " --out "
                    + folder.resolve("rel"))
                .split(" "))
        .succeeded();
    Catalogue shipped = Catalogue.read(Home.path("config", "features.yaml"));

    ChosenRelease release = Releases.load(folder.resolve("rel"));
    List<String> columns = release.release().manifest().featureNames();
    assertThat(columns).hasSize(shipped.size() + 2).containsAll(shipped.names()).containsAll(NEW);
    assertThat(release.catalogue().names()).isEqualTo(columns);
    assertThat(release.release().manifest().featureDigest())
        .isEqualTo(release.catalogue().digest())
        .isNotEqualTo(shipped.digest());

    List<FeatureVector> offline = trainingRows(release.catalogue());
    Map<String, FeatureVector> live = live(offline, release.catalogue());
    assertThat(live).hasSize(LIVE);
    for (String name : NEW) {
      int place = release.catalogue().place(name);
      for (FeatureVector row : offline) {
        FeatureVector served = live.get(row.getTransaction().getTransactionId());
        assertThat(served.getFeatureDigest()).isEqualTo(release.catalogue().digest());
        assertThat(served.getValues().get(place)).isEqualTo(row.getValues().get(place));
      }
      assertThat(live.values()).anyMatch(vector -> vector.getValues().get(place) > 1);
    }
  }

  private Path file() {
    return folder.resolve("bank").resolve("transactions.csv.zst");
  }

  /** The shipped catalogue and its rates, copied, with one line more. */
  private Path catalogueWithTheLine() throws IOException {
    Path own = Files.createDirectory(folder.resolve("my"));
    Files.copy(Home.path("config", "rates.yaml"), own.resolve("rates.yaml"));
    String shipped = Files.readString(Home.path("config", "features.yaml"));
    assertThat(shipped).containsOnlyOnce("\nfeatures:\n");
    return Files.writeString(
        own.resolve("features.yaml"), shipped.replace("\nfeatures:\n", "\nfeatures:\n" + LINE));
  }

  /** The first payments' vectors as training has them, in the order of time. */
  private List<FeatureVector> trainingRows(Catalogue catalogue) throws Exception {
    Profile profile = Profiles.under(Home.path("")).find("simulator_fraud");
    List<FeatureVector> rows = new ArrayList<>();
    try (FeatureRows all =
        FeatureRows.of(
            new LabelledFile(file(), profile, null, null),
            catalogue,
            Duration.ofDays(1),
            new Terminal(new PrintWriter(Writer.nullWriter()), false, WallClock.INSTANCE))) {
      all.each((vector, values, fraud, kind) -> rows.add(vector));
    }
    rows.sort(
        Comparator.<FeatureVector>comparingLong(row -> row.getTransaction().getEventTimeMs())
            .thenComparing(row -> row.getTransaction().getTransactionId()));
    return rows.subList(0, LIVE);
  }

  /** The same payments through the broker and the job that {@code up} runs. */
  private static Map<String, FeatureVector> live(List<FeatureVector> rows, Catalogue catalogue)
      throws Exception {
    Map<String, FeatureVector> seen = new HashMap<>();
    try (EmbeddedPlatform platform =
        EmbeddedPlatform.start(PlatformOptions.ephemeral(), progress -> {})) {
      ConfluentRegistry registry = new ConfluentRegistry(platform.registryUrl());
      try (TransactionPublisher publisher =
          new TransactionPublisher(
              Map.of("bootstrap.servers", platform.bootstrapServers()), registry)) {
        rows.forEach(row -> publisher.publish(row.getTransaction()));
        publisher.heartbeat(rows.get(rows.size() - 1).getTransaction().getEventTimeMs() + 1);
        publisher.flush();
      }
      RunningJob job =
          Jobs.features(
              platform.flink(),
              StreamSettings.of("features", platform.bootstrapServers(), platform.registryUrl(), 2),
              catalogue);
      job.awaitRunning(LIMIT);
      try (KafkaConsumer<byte[], byte[]> consumer = consumer(platform)) {
        consumer.subscribe(List.of(Topics.FEATURES.topic()));
        var codec = EventCodec.of(Topics.FEATURES, FeatureVector.class, registry);
        Awaitility.await()
            .atMost(LIMIT)
            .until(
                () -> {
                  for (ConsumerRecord<byte[], byte[]> entry :
                      consumer.poll(Duration.ofMillis(100))) {
                    FeatureVector vector = codec.decode(entry.value());
                    seen.put(vector.getTransaction().getTransactionId(), vector);
                  }
                  return seen.size() >= rows.size();
                });
      }
      job.cancel();
    }
    return seen;
  }

  private static KafkaConsumer<byte[], byte[]> consumer(EmbeddedPlatform platform) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            platform.bootstrapServers(),
            "group.id",
            "one-line",
            "auto.offset.reset",
            "earliest"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
