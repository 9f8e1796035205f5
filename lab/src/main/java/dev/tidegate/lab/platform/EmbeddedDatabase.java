package dev.tidegate.lab.platform;

import dev.tidegate.lab.time.Deadline;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL as a child process on loopback; its binaries come as a dependency. A committed
 * row outlives a {@code kill -9}: commits are written through. The one user {@code postgres} needs
 * no password; only this machine reaches the port. Thread safe.
 */
public final class EmbeddedDatabase implements ClosesWithin {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final Duration START_LIMIT = Duration.ofMinutes(1);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
  private static final String USER = "postgres";

  private final EmbeddedPostgres server;
  private final ParentGuard guard;
  private final Path pidFile;

  private EmbeddedDatabase(EmbeddedPostgres server, ParentGuard guard, Path pidFile) {
    this.pidFile = pidFile;
    this.server = server;
    this.guard = guard;
  }

  /** Starts on the data directory and any free port. */
  public static EmbeddedDatabase start(DataDirectory directory) {
    return start(directory.postgres(), directory.logs(), 0);
  }

  /**
   * Starts, making the database at the directory's first use; returns once it answers. Stops one
   * that an earlier instance left behind; recovers after a crash.
   *
   * @param directory holds {@code files/}
   * @param logs folder for {@code postgres.log}
   * @param port loopback port, 0 for any free one
   * @throws StartupRefused if the port is in use
   */
  public static EmbeddedDatabase start(Path directory, Path logs, int port) {
    int claimed = Ports.claim("database", port);
    Path files = directory.resolve("files");
    Path pidFile = files.resolve("postmaster.pid");
    Path complete = directory.resolve("complete");
    try {
      Files.createDirectories(logs);
      if (!Files.exists(complete)) {
        FileTree.delete(files);
      }
      Files.createDirectories(files);
      stopStale(pidFile);
      ParentGuard guard = ParentGuard.watch(pidFile);
      try {
        EmbeddedPostgres server = launch(files, logs.resolve("postgres.log"), claimed);
        Files.writeString(complete, "");
        return new EmbeddedDatabase(server, guard, pidFile);
      } catch (IOException | RuntimeException e) {
        guard.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the database did not start; see " + logs, e);
    }
  }

  private static EmbeddedPostgres launch(Path files, Path log, int port) throws IOException {
    ProcessBuilder.Redirect output = ProcessBuilder.Redirect.to(log.toFile());
    return EmbeddedPostgres.builder()
        .setDataDirectory(files)
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setPort(port)
        .setPGStartupWait(START_LIMIT)
        .setOutputRedirector(output)
        .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .setServerConfig("listen_addresses", Ports.LOOPBACK)
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("max_connections", "50")
        .setServerConfig("shared_buffers", "32MB")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("fsync", "on")
        .start();
  }

  /** Stops a server that outlived its parent; forgets a process id that is another's by now. */
  private static void stopStale(Path pidFile) throws IOException {
    if (!Files.exists(pidFile)) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile);
    Optional<ProcessHandle> process =
        lines.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
    if (process.isPresent() && isPostgres(process.get())) {
      LOG.warn("stopping the database that an earlier instance left behind");
      stop(process.get());
    }
    Files.deleteIfExists(pidFile);
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process.isAlive()
        && process.info().command().map(command -> command.contains("postgres")).orElse(false);
  }

  /** SIGTERM waits for its clients; they are gone with the parent, so it ends. */
  private static void stop(ProcessHandle process) {
    process.destroy();
    if (!Poll.until(STOP_LIMIT, () -> !process.isAlive())) {
      process.destroyForcibly();
      Poll.until(STOP_LIMIT, () -> !process.isAlive());
    }
  }

  /** Address for JDBC, with its user; no password. */
  public String jdbcUrl() {
    return "jdbc:postgresql://"
        + Ports.LOOPBACK
        + ":"
        + server.getPort()
        + "/postgres?user="
        + USER;
  }

  /** Loopback port. */
  public int port() {
    return server.getPort();
  }

  /** Stops the server within 5 s; open connections are cut, committed rows stay. */
  @Override
  public void close() {
    close(Deadline.in(STOP_LIMIT));
  }

  /** Stops the server, by force once the deadline has passed: committed rows stay all the same. */
  @Override
  public void close(Deadline deadline) {
    if (deadline.await("database", this::stopInOrder)) {
      guard.dismiss();
    } else {
      LOG.warn("the database did not stop in order and is killed");
      postmaster().ifPresent(ProcessHandle::destroyForcibly);
      guard.close();
    }
  }

  private void stopInOrder() {
    try {
      server.close();
    } catch (IOException e) {
      LOG.warn("the database did not stop in order", e);
    }
  }

  private Optional<ProcessHandle> postmaster() {
    try {
      List<String> lines = Files.readAllLines(pidFile);
      return lines.isEmpty()
          ? Optional.empty()
          : ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
