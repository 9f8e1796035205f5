package dev.tidegate.retrain.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidegate.lab.platform.EmbeddedKafka;
import dev.tidegate.retrain.detect.PageBudget;
import dev.tidegate.retrain.stability.PaymentPart;
import dev.tidegate.retrain.stream.SourcePartitions;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.InMemoryRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Monitors over topics that have another number of partitions than the catalogue says. */
@Timeout(300)
class SourcePartitionsIT {
  private static final int PARTITIONS = 6;
  private static final OutcomeSettings SETTINGS =
      OutcomeSettings.of(
          PageBudget.aQuarter(6, OutcomeSettings.monitors()),
          new OutcomeSettings.Of(0.5, 0, PaymentPart.CHANNEL),
          new OutcomeSettings.Rates(100, 0.01),
          Duration.ofDays(30));

  @Test
  void shouldSendGroupsToWhereDecisionsAre(@TempDir Path folder) throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      kafka.createTopics();
      grow(admin, Topics.DECISIONS, PARTITIONS);
      grow(admin, Topics.LABELS, PARTITIONS);
      assertThat(Topics.DECISIONS.partitions()).isNotEqualTo(PARTITIONS);

      try (OutcomeMonitor monitor = start(kafka, folder)) {
        await().atMost(Duration.ofMinutes(1)).until(monitor::running);
        Set<String> topics = admin.listTopics().names().get();
        String groups =
            topics.stream().filter(name -> name.contains("payment-groups")).findAny().orElseThrow();
        assertThat(partitions(admin, groups)).isEqualTo(PARTITIONS);
      }
      grow(admin, Topics.LABELS, PARTITIONS + 1);
      assertThatThrownBy(() -> start(kafka, folder).close())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("[decisions] has 6 partitions and [labels] 7");
      assertThatThrownBy(
              () ->
                  SourcePartitions.at(kafka.bootstrapServers(), Topics.DECISIONS)
                      .of(Topics.FEATURES))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static void grow(Admin admin, Topics topic, int partitions) throws Exception {
    admin.createPartitions(Map.of(topic.topic(), NewPartitions.increaseTo(partitions))).all().get();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> partitions(admin, topic.topic()) == partitions);
  }

  private static OutcomeMonitor start(EmbeddedKafka kafka, Path folder) {
    return OutcomeMonitor.start(
        new DriftMonitor.Where(kafka.bootstrapServers(), folder.resolve("state")),
        new InMemoryRegistry(),
        "r1",
        SETTINGS,
        new DriftMeter());
  }

  private static int partitions(Admin admin, String topic) throws Exception {
    return admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get()
        .get(topic)
        .partitions()
        .size();
  }
}
