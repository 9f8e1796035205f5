package dev.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidegate.app.config.Configuration;
import dev.tidegate.app.config.Settings;
import dev.tidegate.app.live.FlinkSizes;
import dev.tidegate.app.offline.FeatureRows;
import dev.tidegate.app.offline.LabelledFile;
import dev.tidegate.app.release.ChosenRelease;
import dev.tidegate.app.release.Releases;
import dev.tidegate.app.run.CommandRun;
import dev.tidegate.app.stage.Servers;
import dev.tidegate.app.stage.StageListener;
import dev.tidegate.app.stage.StageSettings;
import dev.tidegate.app.stage.Stages;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.ingest.profile.Profiles;
import dev.tidegate.ingest.publish.TransactionPublisher;
import dev.tidegate.lab.platform.EmbeddedPlatform;
import dev.tidegate.lab.platform.PlatformOptions;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.release.LoadedRelease;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The AML lane whole, on the stages that {@code up} runs: a release trained on features and graph
 * signals scores a stream of payments, over a kill of the jobs and one of its scorer, as the same
 * release scores the rows that training would have of them, bit for bit.
 */
final class AmlLaneLiveIT {
  private static final int LIVE = 3_000;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** No label is known within the payments. */
  private static final Duration UNKNOWN = Duration.ofDays(365);

  private static final Comparator<Transaction> ORDER =
      Comparator.comparingLong(Transaction::getEventTimeMs)
          .thenComparing(Transaction::getTransactionId);
  private static final Terminal SILENT =
      new Terminal(new PrintWriter(Writer.nullWriter()), false, WallClock.INSTANCE);
  private static final StageListener NOBODY =
      new StageListener() {
        @Override
        public void restarting(String stage, String reason, Duration pause) {}

        @Override
        public void running(String stage) {}
      };

  @TempDir private Path folder;

  private final Map<String, FeatureVector> joined = new HashMap<>();
  private final Map<String, Decision> decisions = new HashMap<>();
  private int decisionRecords;

  @Test
  void shouldScoreTheStreamAsTheRowsOfTraining() throws Exception {
    CommandRun.of(
            ("simulate --seed 5 --customers 300 --days 14 --out " + folder.resolve("bank"))
                .split(" "))
        .succeeded();
    CommandRun.of(
            ("train --lane aml --profile simulator_laundering --label-delay 1d --model aml-1 --from "
                    + file()
                    + " --out "
                    + folder.resolve("rel"))
                .split(" "))
        .succeeded();
    ChosenRelease fraud = Releases.load(null);
    LoadedRelease aml = Releases.loadAml(folder.resolve("rel"), fraud.catalogue(), Device.CPU);
    assertThat(aml.manifest().lane()).isEqualTo("aml");
    assertThat(aml.manifest().featureNames()).contains("graph_cycles_3", "graph_unknown");
    judge();

    List<Transaction> payments = payments(fraud);
    List<FeatureVector> rows = rows(fraud, payments);
    assertThat(rows).hasSizeBetween(500, payments.size() - 500);
    live(fraud, payments, rows.size());

    assertThat(joined).hasSameSizeAs(rows);
    assertThat(decisionRecords).as("decisions, repetitions included").isEqualTo(rows.size());
    try (Model model = aml.openModel()) {
      for (FeatureVector row : rows) {
        String id = row.getTransaction().getTransactionId();
        FeatureVector vector = Objects.requireNonNull(joined.get(id), id);
        assertThat(vector.getValues()).as(id).isEqualTo(row.getValues());
        assertThat(vector.getFeatureDigest()).isEqualTo(aml.manifest().featureDigest());
        Decision decision = Objects.requireNonNull(decisions.get(id), id);
        assertThat(decision.getDegraded()).isNull();
        assertThat(decision.getRelease()).isEqualTo("aml-1");
        assertThat((float) decision.getScore()).as(id).isEqualTo(score(model, row));
      }
    }
    assertThat(decisions.values().stream().map(Decision::getScore).distinct().count())
        .as("different scores")
        .isGreaterThan(100);
  }

  /** Its own training rows: what it says of them is not asked, but that all are judged. */
  private void judge() throws Exception {
    JsonNode figures =
        CommandRun.of(
                ("evaluate --lane aml --profile simulator_laundering --json --model "
                        + folder.resolve("rel")
                        + " --since 2026-01-05 --until 2026-01-12 --from "
                        + file())
                    .split(" "))
            .succeeded()
            .json();
    assertThat(figures.path("release").asText()).isEqualTo("aml-1");
    assertThat(figures.path("since").asText()).isEqualTo("2026-01-05T00:00:00Z");
    assertThat(figures.path("payments").asInt()).isGreaterThan(500);
    assertThat(figures.path("laundering").asInt()).isPositive();
    assertThat(figures.path("test").path("prAuc").asDouble()).isGreaterThan(0);
    assertThat(figures.path("patterns").path("patterns").asInt()).isPositive();
    assertThat(figures.path("byTypology").size()).isPositive();
  }

  private Path file() {
    return folder.resolve("bank").resolve("transactions.csv.zst");
  }

  private static float score(Model model, FeatureVector row) {
    float[] values = new float[row.getValues().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = row.getValues().get(i);
    }
    return model.score(values)[0];
  }

  /** The first payments, cards too, in the order of time. */
  private List<Transaction> payments(ChosenRelease release) throws Exception {
    List<Transaction> payments = new ArrayList<>();
    try (FeatureRows all = FeatureRows.of(source(), release.catalogue(), UNKNOWN, SILENT)) {
      all.each((vector, values, fraud, kind) -> payments.add(vector.getTransaction()));
    }
    payments.sort(ORDER);
    return payments.subList(0, LIVE);
  }

  /** Those of them between accounts as training has them; no label is known yet. */
  private List<FeatureVector> rows(ChosenRelease release, List<Transaction> payments)
      throws Exception {
    Set<String> ids =
        payments.stream().map(Transaction::getTransactionId).collect(Collectors.toSet());
    List<FeatureVector> rows = new ArrayList<>();
    try (FeatureRows all = FeatureRows.joined(source(), release.catalogue(), UNKNOWN, SILENT)) {
      all.each(
          (vector, values, fraud, kind) -> {
            if (ids.contains(vector.getTransaction().getTransactionId())) {
              rows.add(vector);
            }
          });
    }
    return rows;
  }

  private LabelledFile source() {
    return new LabelledFile(
        file(), Profiles.under(Home.path("")).find("simulator_laundering"), null, null);
  }

  private void live(ChosenRelease release, List<Transaction> payments, int count) throws Exception {
    Settings settings =
        Settings.of(
            Configuration.load(null)
                .with("history.enabled", "false")
                .with("scoring.aml-release", folder.resolve("rel").toString()));
    PlatformOptions options =
        PlatformOptions.ephemeral().withFlink(FlinkSizes.of(settings, Duration.ofMillis(500)));
    try (EmbeddedPlatform platform = EmbeddedPlatform.start(options, progress -> {})) {
      Servers servers =
          new Servers(platform.bootstrapServers(), platform.registryUrl(), platform.flink());
      StageSettings stages = new StageSettings(settings, servers, Duration.ZERO);
      try (Stages running = Stages.all(servers, stages, release, folder.resolve("history"));
          TransactionPublisher publisher =
              new TransactionPublisher(
                  Map.of("bootstrap.servers", platform.bootstrapServers()), servers.registry());
          KafkaConsumer<byte[], byte[]> consumer = consumer(servers)) {
        consumer.subscribe(List.of(Topics.AML_VECTORS.topic(), Topics.AML_DECISIONS.topic()));
        Reader reader = new Reader(servers, consumer);
        publish(publisher, payments.subList(0, LIVE / 2), 0);
        await(running, reader, count / 4);
        platform.flink().replaceTaskManager();
        publish(publisher, payments.subList(LIVE / 2, LIVE), 1);
        await(running, reader, count / 2);
        Objects.requireNonNull(running.amlScorer()).kill();
        await(running, reader, count);
      }
    }
  }

  private static void publish(
      TransactionPublisher publisher, List<Transaction> payments, long beyondMs) {
    payments.forEach(publisher::publish);
    publisher.heartbeat(payments.get(payments.size() - 1).getEventTimeMs() + beyondMs);
    publisher.flush();
  }

  private void await(Stages running, Reader reader, int count) {
    Awaitility.await()
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1)) // a poll waits for records itself
        .until(
            () -> {
              running.keepRunning(NOBODY);
              reader.read();
              return decisions.size() >= count && joined.size() >= count;
            });
  }

  /** What stands on the lane's topics; what is said again must be the same. */
  private final class Reader {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final EventCodec<FeatureVector> vectors;
    private final EventCodec<Decision> answers;

    Reader(Servers servers, KafkaConsumer<byte[], byte[]> consumer) {
      this.consumer = consumer;
      vectors = EventCodec.of(Topics.AML_VECTORS, FeatureVector.class, servers.registry());
      answers = EventCodec.of(Topics.AML_DECISIONS, Decision.class, servers.registry());
    }

    void read() {
      for (ConsumerRecord<byte[], byte[]> entry : consumer.poll(Duration.ofMillis(20))) {
        if (entry.topic().equals(Topics.AML_VECTORS.topic())) {
          FeatureVector vector = vectors.decode(entry.value());
          FeatureVector before =
              joined.putIfAbsent(vector.getTransaction().getTransactionId(), vector);
          if (before != null) {
            assertThat(vector).as("said the same again").isEqualTo(before);
          }
        } else {
          Decision decision = answers.decode(entry.value());
          decisions.put(decision.getTransactionId(), decision);
          decisionRecords++;
        }
      }
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(Servers servers) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            servers.bootstrapServers(),
            "group.id",
            "test",
            "auto.offset.reset",
            "earliest"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
