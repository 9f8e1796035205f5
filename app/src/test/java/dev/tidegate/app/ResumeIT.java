package dev.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidegate.app.offline.Backfill;
import dev.tidegate.app.release.DeclaredFeatures;
import dev.tidegate.app.run.BankFile;
import dev.tidegate.app.run.ChildCommand;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.lab.audit.AuditReport;
import dev.tidegate.lab.audit.Auditor;
import dev.tidegate.lab.audit.KafkaTopicLog;
import dev.tidegate.lab.bank.SimulatorSettings;
import dev.tidegate.lab.guarantee.AtLeastOnce;
import dev.tidegate.lab.guarantee.FirstDecisionWins;
import dev.tidegate.lab.guarantee.PublishedOnce;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.time.WallClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tidegate up} killed in the middle of a feed, started again, fed with more, and broken. */
final class ResumeIT {
  private static final String TOKEN_KEY = "a-secret-of-this-test-alone";
  private static final int CUSTOMERS = 300;
  private static final int DAYS = 3;

  /**
   * The feed takes a minute and more, far longer than its first decisions and what still starts.
   */
  private static final String SLOWLY = "30/s";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;

  private Path first;
  private Path second;
  private long payments;
  private long morePayments;

  @BeforeEach
  void writeFeeds() throws IOException {
    List<String> lines = BankFile.lines(17, CUSTOMERS, DAYS);
    payments = lines.size() - 1L;
    first = Files.write(folder.resolve("first.csv"), lines);
    // Later days and ids of their own: feeds of one data directory share one space of ids.
    List<String> more = new ArrayList<>();
    SimulatorSettings later = new SimulatorSettings(18, CUSTOMERS, LocalDate.of(2026, 1, 4));
    BankFile.lines(later, DAYS).forEach(line -> more.add(line.replaceFirst("^TX", "TY")));
    morePayments = more.size() - 1L;
    more.add(more.get(1).replaceFirst("^TY\\d+,[^,]+", "TY9999999999,yesterday"));
    second = Files.write(folder.resolve("second.csv"), more);
    Files.writeString(
        folder.resolve("own.yaml"), "platform: {job-restarts: 1}\nhistory: {roll: 1s}\n");
  }

  @Test
  void shouldGoOnAfterAKillAndStopWithOneLineWhenAJobIsGivenUp() throws Exception {
    try (ChildCommand up = up(first, SLOWLY)) {
      await("the middle of the feed")
          .atMost(PATIENCE)
          .until(() -> up.printed("progress", beat -> beat.path("decisions").asLong() > 200));
      up.kill();
      assertThat(up.printed("progress", beat -> beat.path("feedEnded").asBoolean())).isFalse();
    }
    try (ChildCommand up = up(first, "max")) {
      awaitAllDecided(up, payments);
      up.stop();
      assertThat(up.events("stopped")).hasSize(1);
      assertThat(up.err()).last().isEqualTo("stopped");
    }
    try (ChildCommand up = up(second, "max")) {
      awaitAllDecided(up, payments + morePayments);
      shouldHavePrintedEachAlertAndRejection(up);
      shouldComputeTheSameVectorsAgain();
      poison(up);
      shouldStopWithOneLine(up);
      assertThat(up.out() + "" + up.err()).doesNotContain(TOKEN_KEY);
    }
    shouldKeepTheSecret();
  }

  /** What was served before and after the kill is what a backfill over the history gives. */
  private void shouldComputeTheSameVectorsAgain() throws Exception {
    Path again = Files.createDirectory(folder.resolve("again"));
    Backfill.Outcome outcome =
        Backfill.run(
            folder.resolve("data").resolve("history"),
            DeclaredFeatures.read(null),
            again,
            new Terminal(new PrintWriter(Writer.nullWriter()), false, WallClock.INSTANCE));
    assertThat(outcome.compared()).isGreaterThanOrEqualTo(payments / 2);
    assertThat(outcome.different()).isZero();
  }

  private ChildCommand up(Path feed, String rate) throws IOException {
    return ChildCommand.start(
        Map.of("TIDEGATE_TOKEN_KEY", TOKEN_KEY),
        "up",
        "--data",
        folder.resolve("data").toString(),
        "--feed",
        feed.toString(),
        "--profile",
        "simulator",
        "--rate",
        rate,
        "--port",
        "0",
        "--config",
        folder.resolve("own.yaml").toString(),
        "--json");
  }

  /** Waits, then audits all topics from outside: each payment once, and each alert. */
  private static void awaitAllDecided(ChildCommand up, long expected) {
    await("the feed's end")
        .atMost(PATIENCE)
        .until(() -> up.printed("progress", beat -> beat.path("feedEnded").asBoolean()));
    Auditor auditor = new Auditor(log(up));
    AuditReport report =
        await("all decisions")
            .atMost(PATIENCE)
            .until(auditor::audit, audited -> audited.missing().isEmpty());
    new AtLeastOnce().verify(report);
    new FirstDecisionWins().verify(report);
    new PublishedOnce().verify(report);
    assertThat(report.counts().transactions()).isEqualTo(expected);
    assertThat(report.counts().rawAlerts()).isPositive();
  }

  private static KafkaTopicLog log(ChildCommand up) {
    JsonNode started = up.events("started").get(0);
    return new KafkaTopicLog(
        started.path("kafka").asText(), new ConfluentRegistry(started.path("registry").asText()));
  }

  private static void shouldHavePrintedEachAlertAndRejection(ChildCommand up) {
    List<String> written = new ArrayList<>();
    log(up)
        .read(
            Topics.ALERTS,
            Alert.class,
            alert -> {
              if (alert.getTransaction().getTransactionId().startsWith("TY")) {
                written.add(alert.getAlertId());
              }
            });
    assertThat(written).isNotEmpty();
    await("a line for each alert of this start")
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(up.events("alert"))
                    .extracting(alert -> alert.path("alertId").asText())
                    .containsExactlyInAnyOrderElementsOf(written));
    assertThat(up.events("rejected"))
        .singleElement()
        .satisfies(
            rejected -> assertThat(rejected.path("reason").asText()).isEqualTo("time-unreadable"));
  }

  /** Only the door writes [transactions]; what is no transaction there stops the jobs. */
  private static void poison(ChildCommand up) throws Exception {
    String servers = up.events("started").get(0).path("kafka").asText();
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers), new StringSerializer(), new StringSerializer())) {
      producer
          .send(new ProducerRecord<>(Topics.TRANSACTIONS.topic(), "key", "no transaction"))
          .get();
    }
  }

  private static void shouldStopWithOneLine(ChildCommand up) throws InterruptedException {
    assertThat(up.awaitEnd()).as("%s", up.err()).isEqualTo(1);
    assertThat(up.events("stage"))
        .extracting(stage -> stage.path("state").asText())
        .contains("restarting", "failed");
    assertThat(up.events("stopped")).hasSize(1);
    assertThat(up.err())
        .filteredOn(line -> line.contains("failed for good"))
        .singleElement()
        .asString()
        .matches(
            "tidegate: (features|graph-aml) failed for good: .*transactions partition \\d+ .*");
    assertThat(up.err()).last().asString().contains("the whole story is in");
  }

  /** Nothing that the platform wrote for people holds the key; the log says that there is one. */
  private void shouldKeepTheSecret() throws IOException {
    Path log = folder.resolve("data").resolve("logs").resolve("tidegate.log");
    assertThat(log).content().contains("TIDEGATE_TOKEN_KEY=****").contains("console.port=0");
    try (Stream<Path> files = Files.walk(folder.resolve("data").resolve("logs"))) {
      assertThat(files.filter(Files::isRegularFile))
          .allSatisfy(
              file ->
                  assertThat(file).content(StandardCharsets.ISO_8859_1).doesNotContain(TOKEN_KEY));
    }
  }
}
