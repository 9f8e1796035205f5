package dev.tidegate.lab.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one directory that holds all that an instance keeps, locked for that instance:
 *
 * <pre>
 * lock       the lock, and the id of the process that holds it
 * kafka/     the broker's log
 * registry/  the registry's database
 * postgres/  the database
 * flink/     checkpoints by job
 * logs/      output of the child processes
 * ingest/    progress of the feeds
 * </pre>
 *
 * <p>The lock goes with the process, however that ends.
 */
public final class DataDirectory implements AutoCloseable {
  /** Free space without which a start is refused, unless told otherwise: 512 MiB, in bytes. */
  public static final long DEFAULT_FREE_BYTES = 512L << 20;

  private static final List<String> FOLDERS =
      List.of("kafka", "registry", "postgres", "flink", "logs", "ingest");
  private static final long MEBIBYTE = 1L << 20;

  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;
  private final boolean ephemeral;

  private DataDirectory(Path path, FileChannel channel, FileLock lock, boolean ephemeral) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
    this.ephemeral = ephemeral;
  }

  /**
   * Opens a directory with the default demand for free space; makes it if there is none.
   *
   * @throws StartupRefused if it cannot be made or written, is full, or another instance holds it
   */
  public static DataDirectory open(Path directory) {
    return open(directory, DEFAULT_FREE_BYTES);
  }

  /**
   * Opens a directory; makes it if there is none.
   *
   * @param freeBytes free space that must be there
   * @throws StartupRefused if it cannot be made or written, is full, or another instance holds it
   */
  public static DataDirectory open(Path directory, long freeBytes) {
    return open(directory.toAbsolutePath().normalize(), freeBytes, false);
  }

  /**
   * A new directory under the system's temporary one, deleted at {@link #close}.
   *
   * @throws StartupRefused as {@link #open(Path)}
   */
  public static DataDirectory ephemeral() {
    try {
      return open(Files.createTempDirectory("tidegate-"), DEFAULT_FREE_BYTES, true);
    } catch (IOException e) {
      throw new StartupRefused("no temporary directory can be made: " + reason(e), e);
    }
  }

  private static DataDirectory open(Path path, long freeBytes, boolean ephemeral) {
    makeDirectory(path);
    FileChannel channel = openLockFile(path);
    try {
      FileLock lock = lock(path, channel);
      requireFreeSpace(path, freeBytes);
      for (String folder : FOLDERS) {
        makeDirectory(path.resolve(folder));
      }
      writeHolder(path, channel);
      return new DataDirectory(path, channel, lock, ephemeral);
    } catch (RuntimeException e) {
      closeQuietly(channel, e);
      throw e;
    }
  }

  private static void makeDirectory(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new StartupRefused("data directory " + path + " cannot be made: " + reason(e), e);
    }
  }

  private static FileChannel openLockFile(Path path) {
    try {
      return FileChannel.open(
          path.resolve("lock"),
          StandardOpenOption.CREATE,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new StartupRefused("data directory " + path + " cannot be written: " + reason(e), e);
    }
  }

  private static FileLock lock(Path path, FileChannel channel) {
    @Nullable FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    } catch (IOException e) {
      throw new StartupRefused("data directory " + path + " cannot be locked: " + reason(e), e);
    }
    if (lock == null) {
      throw new StartupRefused(
          "data directory "
              + path
              + " is in use by another instance (process "
              + holder(channel)
              + "); stop that one or choose another directory");
    }
    return lock;
  }

  private static String holder(FileChannel channel) {
    try {
      ByteBuffer content = ByteBuffer.allocate(32);
      channel.read(content, 0);
      String pid =
          new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII).strip();
      return pid.isEmpty() ? "unknown" : pid;
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static void requireFreeSpace(Path path, long freeBytes) {
    long usable = usable(path);
    if (usable < freeBytes) {
      throw new StartupRefused(
          "data directory "
              + path
              + " is full: "
              + usable / MEBIBYTE
              + " MiB free, "
              + freeBytes / MEBIBYTE
              + " MiB needed");
    }
  }

  private static long usable(Path path) {
    try {
      return Files.getFileStore(path).getUsableSpace();
    } catch (IOException e) {
      throw new StartupRefused("data directory " + path + " tells no free space: " + reason(e), e);
    }
  }

  /**
   * Makes sure, while the platform runs, that it can still stop in order.
   *
   * @param floor free space that must be there, bytes
   * @throws PlatformFailed if it is not
   */
  void requireRunningSpace(long floor) {
    long usable = usable(path);
    if (usable < floor) {
      throw new PlatformFailed(
          "the disk under data directory "
              + path
              + " is full: "
              + usable / MEBIBYTE
              + " MiB free, "
              + floor / MEBIBYTE
              + " MiB needed to go on; free some and start again, nothing is lost");
    }
  }

  private static void writeHolder(Path path, FileChannel channel) {
    byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid), 0);
    } catch (IOException e) {
      throw new StartupRefused("data directory " + path + " cannot be written: " + reason(e), e);
    }
  }

  private static void closeQuietly(FileChannel channel, RuntimeException cause) {
    try {
      channel.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof FileSystemException file && file.getReason() == null) {
      return e.getClass().getSimpleName() + " " + file.getFile();
    }
    return e instanceof FileSystemException file
        ? file.getReason()
        : String.valueOf(e.getMessage());
  }

  /** The directory itself, absolute. */
  public Path path() {
    return path;
  }

  /** The broker's log. */
  public Path kafka() {
    return path.resolve("kafka");
  }

  /** The registry's database. */
  public Path registry() {
    return path.resolve("registry");
  }

  /** The database's files. */
  public Path postgres() {
    return path.resolve("postgres");
  }

  /** Checkpoints and Flink's scratch space. */
  public Path flink() {
    return path.resolve("flink");
  }

  /** Output of the child processes. */
  public Path logs() {
    return path.resolve("logs");
  }

  /** Progress of the feeds. */
  public Path ingest() {
    return path.resolve("ingest");
  }

  /** Releases the lock; deletes the directory if it is an ephemeral one. May be called twice. */
  @Override
  public void close() {
    if (!lock.isValid()) {
      return;
    }
    try {
      channel.close();
      if (ephemeral) {
        FileTree.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("data directory " + path + " was not released", e);
    }
  }
}
