package dev.tidegate.app.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A backup of a running platform's data directory as its people would take one: PostgreSQL by its
 * low-level interface for base backups, Flink's checkpoints as files. Kafka's and the registry's
 * folders are no part of it: a log is kept by replicas.
 */
public final class Backup {
  private static final String DATABASE = "postgres/files";
  private static final String CHECKPOINTS = "flink/checkpoints";
  private static final int TRIES = 20;
  private static final int PORT_LINE = 3;
  private static final long END_LIMIT_SECONDS = 30;

  private final Path data;
  private final Path kept;

  private Backup(Path data, Path kept) {
    this.data = data;
    this.kept = kept;
  }

  /**
   * Takes one.
   *
   * @param data the data directory of a platform that runs
   * @param kept an empty folder
   */
  public static Backup take(Path data, Path kept) throws IOException, SQLException {
    Backup backup = new Backup(data, kept);
    backup.database();
    backup.checkpoints();
    return backup;
  }

  /** A connection to the database of a platform that runs. */
  public static Connection connect(Path data) throws IOException, SQLException {
    String port =
        Files.readAllLines(data.resolve(DATABASE).resolve("postmaster.pid")).get(PORT_LINE).strip();
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres");
  }

  /** The write-ahead log is copied last, so that it reaches to the backup's end. */
  private void database() throws IOException, SQLException {
    Path files = data.resolve(DATABASE);
    Path copy = kept.resolve(DATABASE);
    try (Connection connection = connect(data);
        Statement statement = connection.createStatement()) {
      statement.execute("select pg_backup_start('rehearsal', true)");
      copy(files, copy);
      try (ResultSet end = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
        end.next();
        Files.writeString(copy.resolve("backup_label"), end.getString(1));
      }
    }
    delete(copy.resolve("pg_wal"));
    copy(files.resolve("pg_wal"), copy.resolve("pg_wal"));
    Files.deleteIfExists(copy.resolve("postmaster.pid"));
  }

  /** A checkpoint that is still there after its copy was whole all the while. */
  private void checkpoints() throws IOException {
    Path from = data.resolve(CHECKPOINTS);
    for (Path job : children(from)) {
      int tries = 0;
      Path copy = kept.resolve(CHECKPOINTS).resolve(job.getFileName());
      do {
        if (++tries > TRIES) {
          throw new IllegalStateException("no checkpoint of " + job + " stood still");
        }
        delete(copy);
        copy(job, copy);
      } while (!keepWhole(job, copy));
    }
  }

  /** Deletes what went while it was copied; true if something is left. */
  private static boolean keepWhole(Path job, Path copy) throws IOException {
    boolean whole = false;
    for (Path run : children(copy)) {
      for (Path checkpoint : children(run)) {
        Path metadata = run.getFileName().resolve(checkpoint.getFileName()).resolve("_metadata");
        if (!checkpoint.getFileName().toString().startsWith("chk-")) {
          continue;
        }
        if (Files.exists(copy.resolve(metadata)) && Files.exists(job.resolve(metadata))) {
          whole = true;
        } else {
          delete(checkpoint);
        }
      }
    }
    return whole;
  }

  /**
   * Puts it back after the disks of database and jobs were lost; waits until nothing runs on them.
   */
  public void restore() throws IOException, InterruptedException {
    awaitDatabaseEnd();
    for (String part : List.of(DATABASE, CHECKPOINTS)) {
      delete(data.resolve(part));
      copy(kept.resolve(part), data.resolve(part));
    }
  }

  /** A database whose platform was killed ends a moment later, and writes until then. */
  private void awaitDatabaseEnd() throws IOException, InterruptedException {
    Path pid = data.resolve(DATABASE).resolve("postmaster.pid");
    if (!Files.exists(pid)) {
      return;
    }
    var process = ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).get(0).strip()));
    try {
      if (process.isPresent()) {
        process.get().onExit().get(END_LIMIT_SECONDS, TimeUnit.SECONDS);
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the database does not end", e);
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.filter(Files::isDirectory).toList();
    }
  }

  /** With rights, for PostgreSQL asks for them; passes over what goes meanwhile. */
  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    List<Path> all;
    try (Stream<Path> found = Files.walk(from)) {
      all = found.toList();
    } catch (UncheckedIOException e) {
      copy(from, to); // a folder went while it was listed
      return;
    }
    for (Path one : all) {
      try {
        Files.copy(
            one,
            to.resolve(from.relativize(one).toString()),
            StandardCopyOption.COPY_ATTRIBUTES,
            StandardCopyOption.REPLACE_EXISTING);
      } catch (NoSuchFileException gone) {
        // it, or its folder, went meanwhile
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path one : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }
}
