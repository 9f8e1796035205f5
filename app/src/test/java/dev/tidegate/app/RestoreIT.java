package dev.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidegate.app.run.Backup;
import dev.tidegate.app.run.BankFile;
import dev.tidegate.app.run.ChildCommand;
import dev.tidegate.lab.audit.AuditReport;
import dev.tidegate.lab.audit.Auditor;
import dev.tidegate.lab.audit.KafkaTopicLog;
import dev.tidegate.lab.audit.VectorAuditor;
import dev.tidegate.lab.audit.VectorReport;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.time.WallClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rehearsal of {@code docs/operating/upgrades.md}: {@code up} killed under load, once with its
 * disks intact and once with those of the database and the jobs lost and put back from a backup
 * that is older: of two notes in the database, the one that was written after the backup is gone.
 * The history's files stand on a store of their own, which is not lost; its job goes on from the
 * older state and files some payments twice, of which its readers take the first. Prints how long
 * it took and what was lost.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class RestoreIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final int RATE = 200;

  /** Of what is left once both kills are over. */
  private static final int LAST_RATE = 400;

  private static final int BACKUP_AT = 600;
  private static final int FIRST_KILL_AT = 1_200;
  private static final int SECOND_KILL_AFTER = 800;

  @TempDir private Path folder;
  private Path data;
  private Path feed;
  private long payments;

  @Test
  void shouldLoseNothingAndDoubleNothing() throws Exception {
    data = folder.resolve("data");
    List<String> lines = BankFile.lines(17, 700, 5);
    payments = lines.size() - 1L;
    feed = Files.write(folder.resolve("feed.csv"), lines);
    Backup backup;
    long taken;
    try (ChildCommand up = up(RATE)) {
      awaitDecisions(up, BACKUP_AT);
      note("before the backup");
      taken = WallClock.nanos();
      backup = Backup.take(data, folder.resolve("kept"));
      say("backup of database and checkpoints under load: %.1f s", since(taken));
      awaitDecisions(up, FIRST_KILL_AT);
      up.kill();
    }
    long killed = WallClock.nanos();
    try (ChildCommand up = up(RATE)) {
      awaitCaughtUp("killed, disks intact", up, killed);
      awaitDecisions(up, SECOND_KILL_AFTER);
      note("after the backup");
      assertThat(notes()).containsExactly("before the backup", "after the backup");
      up.kill();
    }
    killed = WallClock.nanos();
    say("backup restored is %.1f s old: what people noted since is lost", since(taken));
    backup.restore();
    say("put back: %.1f s", since(killed));
    try (ChildCommand up = up(LAST_RATE)) {
      awaitCaughtUp("killed, database and jobs from the backup", up, killed);
      assertThat(notes()).as("the backup's database").containsExactly("before the backup");
      shouldHaveAllOnce(up);
    }
  }

  /** Until no more payments wait for a decision than come within a second. */
  private static void awaitCaughtUp(String what, ChildCommand up, long killed) {
    await("the start")
        .atMost(PATIENCE)
        .pollInterval(LOOK)
        .until(() -> !up.requireRunning().events("started").isEmpty());
    double started = since(killed);
    Auditor auditor = new Auditor(log(up));
    AuditReport then =
        await("no lag")
            .atMost(PATIENCE)
            .pollDelay(Duration.ZERO)
            .pollInterval(LOOK)
            .until(auditor::audit, audited -> audited.missing().size() <= RATE);
    say(
        "%s: runs again after %.1f s, caught up after %.1f s, with %d payments decided",
        what, started, since(killed), then.decisions().size());
  }

  private void shouldHaveAllOnce(ChildCommand up) throws IOException, SQLException {
    await("the feed's end")
        .atMost(PATIENCE)
        .pollInterval(LOOK)
        .until(() -> up.printed("progress", beat -> beat.path("feedEnded").asBoolean()));
    Auditor auditor = new Auditor(log(up));
    AuditReport report =
        await("all decisions")
            .atMost(PATIENCE)
            .pollInterval(LOOK)
            .until(auditor::audit, audited -> audited.missing().isEmpty());
    VectorReport vectors = new VectorAuditor(log(up)).audit(List.of());
    Set<String> alerts = alerts(up);
    await("each alert on the page's table")
        .atMost(PATIENCE)
        .pollInterval(LOOK)
        .until(() -> stored().containsAll(alerts));
    say(
        "in the end: %d payments, lost %d, decided twice %d, vectors made again %d, changed %d,"
            + " alerts %d, doubled %d",
        report.counts().transactions(),
        payments - report.counts().transactions() + report.missing().size(),
        report.duplicated().size(),
        vectors.raw() - vectors.vectors().size(),
        vectors.changed().size(),
        alerts.size(),
        report.doubledAlerts().size());
    assertThat(report.isClean()).as(report.describe()).isTrue();
    assertThat(report.counts().transactions()).isEqualTo(payments);
    assertThat(vectors.changed()).isEmpty();
    assertThat(vectors.raw()).as("the jobs read back").isGreaterThan(payments);
    assertThat(countedOnce()).as("the counts of alerts by day").isTrue();
    shouldHaveFiledAll();
  }

  /** Rows of a table of the history, and payments that they are of. */
  private record Filed(long rows, long payments) {}

  private void shouldHaveFiledAll() {
    for (String table : List.of("transactions", "vectors", "decisions")) {
      Filed filed =
          await("each payment among the " + table + " of the history")
              .atMost(PATIENCE)
              .pollInterval(LOOK)
              .until(() -> filed(table), found -> found.payments() == payments);
      say(
          "history: %s of %d payments, of which %d are there again",
          table, filed.payments(), filed.rows() - filed.payments());
    }
  }

  /** In finished files alone. */
  private Filed filed(String table) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*), count(distinct transactionId) from read_parquet('"
                    + data.resolve("history").resolve(table)
                    + "/*/part-*.parquet')")) {
      row.next();
      return new Filed(row.getLong(1), row.getLong(2));
    }
  }

  private static Set<String> alerts(ChildCommand up) {
    Set<String> ids = new HashSet<>();
    log(up).read(Topics.ALERTS, Alert.class, alert -> ids.add(alert.getAlertId()));
    assertThat(ids).isNotEmpty();
    return ids;
  }

  private Set<String> stored() throws IOException, SQLException {
    Set<String> ids = new HashSet<>();
    try (Connection connection = Backup.connect(data);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select alert_id from console.alert")) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    return ids;
  }

  /** Something that only people write, and that no stage writes again. */
  private void note(String text) throws IOException, SQLException {
    try (Connection connection = Backup.connect(data);
        Statement statement = connection.createStatement()) {
      statement.execute("create table if not exists rehearsal (note text not null)");
      statement.execute("insert into rehearsal values ('" + text + "')");
    }
  }

  private List<String> notes() throws IOException, SQLException {
    List<String> notes = new ArrayList<>();
    try (Connection connection = Backup.connect(data);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select note from rehearsal")) {
      while (rows.next()) {
        notes.add(rows.getString(1));
      }
    }
    return notes;
  }

  private boolean countedOnce() throws IOException, SQLException {
    try (Connection connection = Backup.connect(data);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select (select sum(alerts) from console.alert_day)"
                    + " = (select count(*) from console.alert)")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private static void awaitDecisions(ChildCommand up, int least) {
    await("decisions in the middle of the feed")
        .atMost(PATIENCE)
        .pollInterval(LOOK)
        .until(
            () ->
                up.requireRunning()
                    .printed("progress", beat -> beat.path("decisions").asLong() >= least));
    assertThat(up.printed("progress", beat -> beat.path("feedEnded").asBoolean())).isFalse();
  }

  private static KafkaTopicLog log(ChildCommand up) {
    JsonNode started = up.events("started").get(0);
    return new KafkaTopicLog(
        started.path("kafka").asText(), new ConfluentRegistry(started.path("registry").asText()));
  }

  /** With a history whose files are finished soon. */
  private ChildCommand up(int rate) throws IOException {
    Path settings = folder.resolve("own.yaml");
    Files.writeString(settings, "history: {roll: 2s}\n");
    return ChildCommand.start(
        Map.of("TIDEGATE_TOKEN_KEY", "a-secret-of-this-test-alone"),
        "up",
        "--data",
        data.toString(),
        "--feed",
        feed.toString(),
        "--profile",
        "simulator",
        "--rate",
        rate + "/s",
        "--port",
        "0",
        "--config",
        settings.toString(),
        "--json");
  }

  private static double since(long nanos) {
    return (WallClock.nanos() - nanos) / 1e9;
  }

  /** In the build's output: the figures are the rehearsal's result. */
  private static void say(String format, Object... values) {
    System.out.println("rehearsal: " + String.format(Locale.ROOT, format, values));
  }
}
