package dev.tidegate.lab.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ParentGuardTest {
  @TempDir Path temporary;

  @Test
  void shouldEndTheChildWithTheGuard() throws Exception {
    ParentGuard guard =
        ParentGuard.run(List.of("sleep", "600"), Map.of(), temporary.resolve("log"));
    ProcessHandle child = ProcessHandle.of(guard.childPid()).orElseThrow();
    guard.close();

    assertThat(child.isAlive()).isFalse();
    assertThat(guard.isAlive()).isFalse();
  }

  @Test
  void shouldEndWithItsChild() throws Exception {
    Path log = temporary.resolve("log");
    try (ParentGuard guard =
        ParentGuard.run(List.of("sh", "-c", "echo $GREETING"), Map.of("GREETING", "hello"), log)) {
      assertThat(Poll.until(Duration.ofSeconds(5), () -> !guard.isAlive())).isTrue();
      assertThat(Files.readString(log)).isEqualTo("hello\n");
    }
  }

  @Test
  void shouldStopWhatAnEarlierInstanceLeftBehind() throws Exception {
    Process orphan = new ProcessBuilder("sleep", "600").start();
    Path file = temporary.resolve("pid");
    new ProcessRecord(file).write(orphan.pid());
    new ProcessRecord(file).stopStale();

    // The system knows of the end a moment before the JVM has reaped its child and says so.
    assertThat(orphan.waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(file).doesNotExist();
  }

  @Test
  void shouldLeaveAProcessAloneThatTookTheId() throws Exception {
    Process other = new ProcessBuilder("sleep", "600").start();
    try {
      Path file = temporary.resolve("pid");
      Files.write(file, List.of(Long.toString(other.pid()), "2001-01-01T00:00:00Z"));
      new ProcessRecord(file).stopStale();

      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroyForcibly();
    }
  }
}
