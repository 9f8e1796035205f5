package dev.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.app.models.Whereabouts;
import dev.tidegate.app.release.Releases;
import dev.tidegate.app.run.BankFile;
import dev.tidegate.app.run.ChildCommand;
import dev.tidegate.app.run.CommandRun;
import dev.tidegate.app.topics.ControlEvents;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.scoring.release.ReleaseStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tidegate up} takes a person's request to a run, and its monitors follow the champion. */
final class RetrainUpIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String NEXT = "payments-sim-next";

  @TempDir private Path folder;

  @Test
  void shouldRunWhatAPersonAskedForAndWatchTheReleaseInCharge() throws Exception {
    try (ChildCommand up = up()) {
      await().atMost(PATIENCE).until(() -> !up.events("started").isEmpty());
      await().atMost(PATIENCE).until(() -> log().contains("monitors watch " + Releases.SHIPPED));
      assertThat(tidegate("retrain", "list").succeeded().out()).contains("nobody and nothing");
      await().atMost(PATIENCE).untilAsserted(this::shouldReadTheFeaturesOfWhatShips);

      CommandRun wrong = ask("no-such-model");
      assertThat(wrong.exitCode()).isEqualTo(2);
      assertThat(wrong.err()).contains("there is no model no-such-model");
      ask("payments-sim").succeeded();
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(1))
          .until(
              () ->
                  Stream.of("succeeded", "refused", "failed")
                      .anyMatch(state -> list().contains("  " + state)));
      assertThat(list())
          .contains("payments-sim  person by alice: A new fraud ring.", "tidegate-train-");
      assertThat(tidegate("models", "list").succeeded().out())
          .contains("champion  " + Releases.SHIPPED);

      String next = next().toString();
      tidegate("models", "approve", next, "--as", "carol").succeeded();
      tidegate("models", "promote", next, "--as", "bob").succeeded();
      await().atMost(PATIENCE).until(() -> log().contains("monitors watch " + NEXT));
      up.stop();
      assertThat(up.err()).last().isEqualTo("stopped");
    }
  }

  /** Its panel: three days of payments are no reason to compare yet, and it says so. */
  private void shouldReadTheFeaturesOfWhatShips() {
    Whereabouts where = Whereabouts.of(folder.resolve("data"));
    List<DriftMeasurement> panel =
        new ControlEvents(where.kafka(), where.registry())
            .all(Topics.DRIFT, DriftMeasurement.class).stream()
                .filter(reading -> reading.getMonitor().equals("feature-panel"))
                .toList();
    assertThat(panel)
        .isNotEmpty()
        .allSatisfy(
            reading -> {
              assertThat(reading.getRelease()).isEqualTo(Releases.SHIPPED);
              assertThat(reading.getSamples()).isPositive();
              assertThat(reading.getDrifted()).isFalse();
              assertThat(reading.getFilling()).isBetween(0.0, 0.5);
            });
  }

  private CommandRun ask(String model) {
    return tidegate(
        "retrain", "request", "--model", model, "--as", "alice", "--why", "A new fraud ring.");
  }

  private String list() {
    return tidegate("retrain", "list").succeeded().out();
  }

  private CommandRun tidegate(String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--data", folder.resolve("data").toString()));
    return CommandRun.of(line.toArray(String[]::new));
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("data").resolve("logs").resolve("tidegate.log"));
  }

  private ChildCommand up() throws IOException {
    Path feed = Files.write(folder.resolve("bank.csv"), BankFile.lines(19, 200, 3));
    return ChildCommand.start(
        Map.of(),
        "up",
        "--data",
        folder.resolve("data").toString(),
        "--feed",
        feed.toString(),
        "--profile",
        "simulator",
        "--rate",
        "max",
        "--port",
        "0",
        "--json");
  }

  /** The shipped release under another name. */
  private Path next() throws IOException {
    Path shipped = Home.path("config", "releases", Releases.SHIPPED);
    Path made = Files.createDirectories(folder.resolve(NEXT));
    try (Stream<Path> files = Files.list(shipped)) {
      for (Path file : files.toList()) {
        byte[] bytes = Files.readAllBytes(file);
        if (file.endsWith(ReleaseStore.MANIFEST)) {
          bytes =
              new String(bytes, StandardCharsets.UTF_8)
                  .replace("\"" + Releases.SHIPPED + "\"", "\"" + NEXT + "\"")
                  .getBytes(StandardCharsets.UTF_8);
        }
        Files.write(made.resolve(file.getFileName()), bytes);
      }
    }
    return made;
  }
}
