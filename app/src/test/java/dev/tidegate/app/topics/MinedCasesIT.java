package dev.tidegate.app.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidegate.lab.audit.KafkaTopicLog;
import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.lab.platform.EmbeddedRegistry;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.event.EpisodeState;
import dev.tidegate.schemas.event.LaunderingPattern;
import dev.tidegate.schemas.event.MinedCase;
import dev.tidegate.schemas.event.MinedSearch;
import dev.tidegate.schemas.event.PatternAlert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cases are published whole or not at all, also by who is stopped within the transaction. */
final class MinedCasesIT {
  private static final int CASES = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Less than the transaction's own time limit of a minute, after which Kafka ends it. */
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private EmbeddedKafka kafka;
  private EmbeddedRegistry registry;

  @BeforeEach
  void start() throws Exception {
    kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    kafka.createTopics();
    registry =
        EmbeddedRegistry.start(
            Files.createDirectories(folder.resolve("registry")),
            Files.createDirectories(folder.resolve("logs")),
            0,
            false);
  }

  @AfterEach
  void stop() {
    registry.close();
    kafka.close();
  }

  @Test
  void shouldPublishEachCaseOnceThoughKilledBetweenSendingAndCommitting() throws Exception {
    Process publisher = publisher();
    try {
      await().atMost(PATIENCE).until(() -> ends(IsolationLevel.READ_UNCOMMITTED) >= CASES);
    } finally {
      publisher.destroyForcibly().waitFor();
    }
    assertThat(ends(IsolationLevel.READ_COMMITTED)).as("nothing is committed").isZero();

    long sent = new MinedCases(kafka.bootstrapServers(), registry.url()).publish(cases());

    assertThat(sent).isEqualTo(CASES);
    assertThat(published()).hasSize(CASES).doesNotHaveDuplicates();
    sent = new MinedCases(kafka.bootstrapServers(), registry.url()).publish(cases());
    assertThat(sent).as("all stand there").isZero();
  }

  @Test
  void shouldAbortWhatFailsWithinTheTransaction() throws Exception {
    MinedCases failing =
        new MinedCases(
            kafka.bootstrapServers(),
            new ConfluentRegistry(registry.url()),
            () -> {
              await().atMost(PATIENCE).until(() -> ends(IsolationLevel.READ_UNCOMMITTED) >= CASES);
              throw new IllegalStateException("stopped here");
            });
    assertThatThrownBy(() -> failing.publish(cases())).hasMessage("stopped here");

    await().atMost(SOON).until(() -> ends(IsolationLevel.READ_COMMITTED) > 0);
    assertThat(published()).as("readers pass over what was aborted").isEmpty();
    long sent = new MinedCases(kafka.bootstrapServers(), registry.url()).publish(cases());
    assertThat(sent).isEqualTo(CASES);
    assertThat(published()).hasSize(CASES).doesNotHaveDuplicates();
  }

  /** Sends all in a process of its own and stops before it commits. */
  private Process publisher() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            StoppedPublisher.class.getName(),
            kafka.bootstrapServers(),
            registry.url());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return builder.redirectErrorStream(true).redirectOutput(folder.resolve("out").toFile()).start();
  }

  /** A process that never commits. */
  static final class StoppedPublisher {
    private StoppedPublisher() {}

    public static void main(String[] args) {
      MinedCases stopping =
          new MinedCases(
              args[0],
              new ConfluentRegistry(args[1]),
              () -> {
                while (true) {
                  LockSupport.park();
                }
              });
      stopping.publish(cases());
    }
  }

  /** Offsets up to which readers see, all partitions together. */
  private long ends(IsolationLevel level) throws Exception {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (int i = 0; i < Topics.PATTERN_ALERTS.partitions(); i++) {
      asked.put(new TopicPartition(Topics.PATTERN_ALERTS.topic(), i), OffsetSpec.latest());
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      return admin.listOffsets(asked, new ListOffsetsOptions(level)).all().get().values().stream()
          .mapToLong(end -> end.offset())
          .sum();
    }
  }

  private List<String> published() {
    List<String> ids = new ArrayList<>();
    new KafkaTopicLog(kafka.bootstrapServers(), new ConfluentRegistry(registry.url()))
        .read(Topics.PATTERN_ALERTS, PatternAlert.class, one -> ids.add(one.getAlertId()));
    return ids;
  }

  static List<PatternAlert> cases() {
    return IntStream.range(0, CASES).mapToObj(MinedCasesIT::mined).toList();
  }

  private static PatternAlert mined(int i) {
    return PatternAlert.newBuilder()
        .setAlertId("case-" + i)
        .setVersion(1)
        .setPattern(LaunderingPattern.SCATTER_GATHER)
        .setState(EpisodeState.CLOSED)
        .setFocus("account-" + i)
        .setOpenedBy("tx-" + i)
        .setOpenedAtMs(1)
        .setFirstPaymentMs(1)
        .setLastPaymentMs(2)
        .setUpdatedBy("tx-" + i)
        .setUpdatedAtMs(2)
        .setIngestedAtMs(2)
        .setWidth(5)
        .setSmallestWidth(5)
        .setScore(0.5)
        .setPayments(10)
        .setAccounts(7)
        .setEvidencePayments(List.of())
        .setEvidenceAccounts(List.of())
        .setSettingsDigest("test")
        .setMined(
            MinedCase.newBuilder()
                .setSearch(MinedSearch.DENSE_FLOW)
                .setScore(1)
                .setRank(i + 1)
                .setFromMs(0)
                .setUntilMs(10)
                .build())
        .build();
  }
}
