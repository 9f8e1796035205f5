package dev.tidegate.retrain.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.event.RetrainRequest;
import dev.tidegate.schemas.event.RetrainRun;
import dev.tidegate.schemas.event.RunState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A launcher at a real broker, killed at each of its steps under a storm of requests. */
class LauncherIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int STORM = 1_000;
  private static final long BEGIN = 1_000_000_000_000L;

  private final EventCodec<RetrainRequest> requests =
      EventCodec.of(Topics.RETRAIN_REQUESTS, RetrainRequest.class, LauncherMain.registry());

  @Test
  void shouldMakeOneRunACooldownThroughKillsAtEachStep(@TempDir Path folder) throws Exception {
    JobOrder first = JobOrder.of(storm(0));
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        MockCluster cluster = new MockCluster()) {
      kafka.createTopics();
      String bootstrap = kafka.bootstrapServers();
      send(bootstrap);

      die(LauncherMain.Death.BEFORE_CREATE, bootstrap, cluster, folder);
      assertThat(cluster.all()).isEmpty();
      die(LauncherMain.Death.AFTER_CREATE, bootstrap, cluster, folder);
      assertThat(cluster.all()).hasSize(1);
      assertThat(written(bootstrap)).isEmpty();
      die(LauncherMain.Death.AFTER_LEDGER, bootstrap, cluster, folder);
      assertThat(written(bootstrap)).hasSize(1);

      Process all = start(LauncherMain.Death.NEVER, bootstrap, cluster, folder);
      await().atMost(PATIENCE).until(() -> written(bootstrap).size() >= STORM);
      all.destroyForcibly().waitFor();

      cluster.begin(first.jobName());
      cluster.podEnded(first.jobName(), 1, 1, "no labels");
      cluster.end(first.jobName(), "Failed", "PodFailurePolicy");
      die(LauncherMain.Death.BEFORE_SETTLE, bootstrap, cluster, folder);
      Process last = start(LauncherMain.Death.NEVER, bootstrap, cluster, folder);
      await()
          .atMost(PATIENCE)
          .until(() -> cluster.job(first.jobName()).getSpec().getTtlSecondsAfterFinished() != null);
      last.getOutputStream().close();
      assertThat(last.waitFor()).isZero();

      assertThat(cluster.all()).hasSize(1);
      check(written(bootstrap), first);
    }
  }

  /** One run that failed; each of the others refused once; nothing twice. */
  private static void check(List<RetrainRun> runs, JobOrder first) {
    List<RetrainRun> ran =
        runs.stream().filter(run -> run.getRunId().equals(first.runId())).toList();
    assertThat(ran)
        .extracting(RetrainRun::getState)
        .startsWith(RunState.CREATED)
        .endsWith(RunState.FAILED)
        .filteredOn(state -> state == RunState.FAILED)
        .hasSize(1);
    assertThat(ran.get(ran.size() - 1).getDetail()).contains("no labels");
    List<RetrainRun> others =
        runs.stream().filter(run -> !run.getRunId().equals(first.runId())).toList();
    assertThat(others).hasSize(STORM - 1);
    assertThat(others).extracting(RetrainRun::getRunId).doesNotHaveDuplicates();
    assertThat(others).allMatch(run -> run.getState() == RunState.REFUSED);
  }

  private static RetrainRequest storm(int i) {
    return SampleRequests.drift("storm-" + i, "card", BEGIN + i);
  }

  private static void die(
      LauncherMain.Death death, String bootstrap, MockCluster cluster, Path folder)
      throws Exception {
    assertThat(start(death, bootstrap, cluster, folder).waitFor()).isEqualTo(9);
  }

  private static Process start(
      LauncherMain.Death death, String bootstrap, MockCluster cluster, Path folder)
      throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            java,
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            LauncherMain.class.getName(),
            bootstrap,
            cluster.url(),
            death.name())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(death + ".log").toFile())
        .start();
  }

  private void send(String bootstrap) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int i = 0; i < STORM; i++) {
        byte[] key = "card".getBytes(StandardCharsets.UTF_8);
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    Topics.RETRAIN_REQUESTS.topic(), key, requests.encode(storm(i)))));
      }
      for (Future<RecordMetadata> record : sent) {
        record.get();
      }
    }
  }

  private static List<RetrainRun> written(String bootstrap) {
    EventCodec<RetrainRun> codec =
        EventCodec.of(Topics.RETRAIN_RUNS, RetrainRun.class, LauncherMain.registry());
    List<RetrainRun> runs = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition all = new TopicPartition(Topics.RETRAIN_RUNS.topic(), 0);
      consumer.assign(List.of(all));
      consumer.seekToBeginning(List.of(all));
      long end = consumer.endOffsets(List.of(all)).get(all);
      while (consumer.position(all) < end) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> runs.add(codec.decode(record.value())));
      }
    }
    return runs;
  }
}
