package dev.tidegate.lab.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that remembers a child process over this one's death: its id and when it started, so that
 * an id which the system has given to another process since is left alone.
 */
final class ProcessRecord {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessRecord.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Path file;

  ProcessRecord(Path file) {
    this.file = file;
  }

  void write(long pid) throws IOException {
    Files.write(file, List.of(Long.toString(pid), startOf(pid)));
  }

  void clear() throws IOException {
    Files.deleteIfExists(file);
  }

  /** Stops the recorded process if it still runs. */
  void stopStale() throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.size() == 2 && lines.get(1).equals(startOf(Long.parseLong(lines.get(0))))) {
      long pid = Long.parseLong(lines.get(0));
      LOG.warn("stopping process {} that an earlier instance left behind", pid);
      ProcessHandle.of(pid).ifPresent(ProcessRecord::stop);
    }
    clear();
  }

  private static void stop(ProcessHandle process) {
    process.destroy();
    if (!Poll.until(PATIENCE, () -> !process.isAlive())) {
      process.destroyForcibly();
      Poll.until(PATIENCE, () -> !process.isAlive());
    }
  }

  private static String startOf(long pid) {
    Optional<Instant> start =
        ProcessHandle.of(pid).flatMap(process -> process.info().startInstant());
    return start.map(Instant::toString).orElse("gone");
  }
}
