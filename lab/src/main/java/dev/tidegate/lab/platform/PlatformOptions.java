package dev.tidegate.lab.platform;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an embedded platform consists of.
 *
 * @param directory its data directory; null for a temporary one that goes at the end
 * @param disk what it may take of the disk
 * @param registry which registry it has
 * @param database true if it has a database
 * @param flink its mini cluster; null for none
 * @param ports loopback ports
 */
public record PlatformOptions(
    @Nullable Path directory,
    Disk disk,
    Registry registry,
    boolean database,
    @Nullable FlinkOptions flink,
    LoopbackPorts ports) {

  /**
   * What a platform may take of the disk, in bytes.
   *
   * @param freeAtStart free space that must be there at the start
   * @param freeAtLeast free space under which a running platform is to be stopped
   * @param passingLog most that the topics of passing records take; 0 for no bound
   * @param amlLane whether the AML lane's vectors are among them
   */
  public record Disk(long freeAtStart, long freeAtLeast, long passingLog, boolean amlLane) {
    private static final long FLOOR = 64L << 20;

    /** Without an AML lane. */
    public Disk(long freeAtStart, long freeAtLeast, long passingLog) {
      this(freeAtStart, freeAtLeast, passingLog, false);
    }

    /** The default demand at the start, 64 MiB while it runs, no bound on topics. */
    public static Disk defaults() {
      return new Disk(DataDirectory.DEFAULT_FREE_BYTES, FLOOR, 0);
    }
  }

  /** Kinds of registry. */
  public enum Registry {
    /** Schemas in the data directory: ids stay valid over restarts. */
    PERSISTENT,
    /** Schemas in the child process alone, for bounded runs. */
    IN_MEMORY,
    /** None: for those who use an in-process registry. */
    NONE
  }

  /**
   * Loopback ports; 0 for any free one.
   *
   * @param kafka the broker's
   * @param registry the registry's
   * @param database the database's
   */
  public record LoopbackPorts(int kafka, int registry, int database) {
    /** Any free ones. */
    public static LoopbackPorts free() {
      return new LoopbackPorts(0, 0, 0);
    }
  }

  /** All parts on a directory that stays, at free ports. */
  public static PlatformOptions at(Path directory) {
    return new PlatformOptions(
        directory,
        Disk.defaults(),
        Registry.PERSISTENT,
        true,
        FlinkOptions.defaults(),
        LoopbackPorts.free());
  }

  /** Broker, registry in memory and Flink on a temporary directory: for bounded runs and tests. */
  public static PlatformOptions ephemeral() {
    return new PlatformOptions(
        null,
        Disk.defaults(),
        Registry.IN_MEMORY,
        false,
        FlinkOptions.defaults(),
        LoopbackPorts.free());
  }

  /** The same with or without a database. */
  public PlatformOptions withDatabase(boolean wanted) {
    return new PlatformOptions(directory, disk, registry, wanted, flink, ports);
  }

  /** The same with another kind of registry. */
  public PlatformOptions withRegistry(Registry kind) {
    return new PlatformOptions(directory, disk, kind, database, flink, ports);
  }

  /** The same with another mini cluster, or none for null. */
  public PlatformOptions withFlink(@Nullable FlinkOptions options) {
    return new PlatformOptions(directory, disk, registry, database, options, ports);
  }

  /** The same with given ports. */
  public PlatformOptions withPorts(LoopbackPorts given) {
    return new PlatformOptions(directory, disk, registry, database, flink, given);
  }

  /** The same with another demand for free space at the start, in bytes. */
  public PlatformOptions withFreeBytes(long bytes) {
    return withDisk(new Disk(bytes, disk.freeAtLeast(), disk.passingLog(), disk.amlLane()));
  }

  /**
   * The least bound of passing records that loses nothing, in bytes: with less, a payment could be
   * deleted before it is decided, or before a job that was killed has read it again.
   *
   * @param inFlight most payments that are sent and not yet decided
   * @param checkpointInterval from one checkpoint to the next
   * @param amlLane whether the AML lane's vectors are among them
   */
  public static long leastPassingLog(long inFlight, Duration checkpointInterval, boolean amlLane) {
    return PassingLog.least(inFlight, checkpointInterval.toMillis(), amlLane);
  }

  /** The same with another use of the disk. */
  public PlatformOptions withDisk(Disk other) {
    return new PlatformOptions(directory, other, registry, database, flink, ports);
  }
}
