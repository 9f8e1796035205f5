package dev.tidegate.scoring.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.schemas.time.WallClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes releases is killed amid it again and again; each stands whole or not. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class ReleaseKillTest {
  private static final int KILLS = 5;
  private static final int MOST_KILLS = 100;

  @TempDir private Path parent;

  @Test
  void shouldLeaveNoHalfReleaseWhereverTheWriterIsKilled() throws Exception {
    Random random = new Random(4);
    int leftOver = 0;
    // A kill may fall between two writes: it is tried again until one hits.
    for (int kill = 0; kill < KILLS || (leftOver == 0 && kill < MOST_KILLS); kill++) {
      Process writer = start();
      try (BufferedReader out = writer.inputReader()) {
        assertThat(out.readLine()).startsWith("fixture-");
        // Somewhere in the writes that follow, not at the edge of one; few, so that some are left.
        long until = WallClock.nanos() + TimeUnit.MICROSECONDS.toNanos(random.nextInt(20_000));
        while (WallClock.nanos() < until) {
          Thread.onSpinWait();
        }
        writer.toHandle().destroyForcibly();
        writer.waitFor();
      }
      leftOver += hidden().size();
      for (Path release : shown()) {
        ReleaseStore.load(release);
        for (Map.Entry<String, byte[]> file : ReleaseWriterMain.beside().entrySet()) {
          assertThat(release.resolve(file.getKey())).hasBinaryContent(file.getValue());
        }
      }
    }
    assertThat(shown()).isNotEmpty();
    assertThat(leftOver).as("kills that hit a write").isPositive();
    ReleaseWriterMain.main(new String[] {parent.toString()});
    assertThat(hidden()).isEmpty();
    assertThat(shown()).hasSize(ReleaseWriterMain.MOST);
  }

  private Process start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            ReleaseWriterMain.class.getName(),
            parent.toString());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return builder.start();
  }

  private List<Path> shown() throws IOException {
    return folders(false);
  }

  private List<Path> hidden() throws IOException {
    return folders(true);
  }

  private List<Path> folders(boolean hidden) throws IOException {
    try (Stream<Path> all = Files.list(parent)) {
      return all.filter(path -> path.getFileName().toString().startsWith(".") == hidden)
          .sorted()
          .toList();
    }
  }
}
