package dev.tidegate.app.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.app.run.BankFile;
import dev.tidegate.app.run.ChildCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code tidegate up} told to stop before it has started. */
@Timeout(600)
final class StopWhileStartingIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** As a process that ends in order after SIGTERM, with the signal's number. */
  private static final int TERMINATED = 128 + 15;

  @TempDir private Path folder;
  private Path feed;

  @BeforeEach
  void writeFeed() throws IOException {
    feed = Files.write(folder.resolve("bank.csv"), BankFile.lines(17, 100, 1));
  }

  @Test
  void shouldStopWhatHasStartedAndStartAgain() throws Exception {
    try (ChildCommand up = up()) {
      awaitLine(up, "database ready");
      assertThat(children()).as("the database runs").isNotEmpty();
      shouldStopUnstarted(up);
    }
    try (ChildCommand up = up()) {
      awaitLine(up, "release ");
      shouldStopUnstarted(up);
    }
    try (ChildCommand up = up()) {
      await("a start on the same data")
          .atMost(PATIENCE)
          .until(() -> !up.requireRunning().events("started").isEmpty());
      assertThat(children()).anyMatch(line -> line.contains("/registry"));
      up.stop();
      assertThat(up.err()).last().isEqualTo("stopped");
    }
    awaitNoChildren();
  }

  /** A guard may be there a moment longer than what it guards. */
  private void awaitNoChildren() {
    await("no process of its data")
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(children()).isEmpty());
  }

  private void shouldStopUnstarted(ChildCommand up) throws InterruptedException {
    up.stop();
    assertThat(up.awaitEnd()).as("%s", up.err()).isEqualTo(TERMINATED);
    assertThat(up.err()).contains("stopping ...").last().isEqualTo("stopped");
    assertThat(up.events("started")).isEmpty();
    assertThat(up.events("stopped")).hasSize(1);
    awaitNoChildren();
  }

  private static void awaitLine(ChildCommand up, String part) {
    await(part)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> up.requireRunning().err().stream().anyMatch(line -> line.contains(part)));
  }

  /** Registry, database and their guards: each has its folder on its command line. */
  private List<String> children() {
    String data = folder.resolve("data").toString();
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .filter(line -> line.contains(data + "/registry") || line.contains(data + "/postgres"))
        .toList();
  }

  private ChildCommand up() throws IOException {
    return ChildCommand.start(
        Map.of("TIDEGATE_TOKEN_KEY", "a-secret-of-this-test-alone"),
        "up",
        "--data",
        folder.resolve("data").toString(),
        "--feed",
        feed.toString(),
        "--profile",
        "simulator",
        "--port",
        "0",
        "--json");
  }
}
