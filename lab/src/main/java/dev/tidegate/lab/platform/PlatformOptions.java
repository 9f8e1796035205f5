package dev.tidegate.lab.platform;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What an embedded platform consists of.
 *
 * @param directory its data directory; null for a temporary one that goes at the end
 * @param freeBytes free space that must be there at the start
 * @param registry which registry it has
 * @param database true if it has a database
 * @param flink its mini cluster; null for none
 * @param ports loopback ports
 */
public record PlatformOptions(
    @Nullable Path directory,
    long freeBytes,
    Registry registry,
    boolean database,
    @Nullable FlinkOptions flink,
    LoopbackPorts ports) {

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
        DataDirectory.DEFAULT_FREE_BYTES,
        Registry.PERSISTENT,
        true,
        FlinkOptions.defaults(),
        LoopbackPorts.free());
  }

  /** Broker, registry in memory and Flink on a temporary directory: for bounded runs and tests. */
  public static PlatformOptions ephemeral() {
    return new PlatformOptions(
        null,
        DataDirectory.DEFAULT_FREE_BYTES,
        Registry.IN_MEMORY,
        false,
        FlinkOptions.defaults(),
        LoopbackPorts.free());
  }

  /** The same with or without a database. */
  public PlatformOptions withDatabase(boolean wanted) {
    return new PlatformOptions(directory, freeBytes, registry, wanted, flink, ports);
  }

  /** The same with another kind of registry. */
  public PlatformOptions withRegistry(Registry kind) {
    return new PlatformOptions(directory, freeBytes, kind, database, flink, ports);
  }

  /** The same with another mini cluster, or none for null. */
  public PlatformOptions withFlink(@Nullable FlinkOptions options) {
    return new PlatformOptions(directory, freeBytes, registry, database, options, ports);
  }

  /** The same with given ports. */
  public PlatformOptions withPorts(LoopbackPorts given) {
    return new PlatformOptions(directory, freeBytes, registry, database, flink, given);
  }

  /** The same with another demand for free space, in bytes. */
  public PlatformOptions withFreeBytes(long bytes) {
    return new PlatformOptions(directory, bytes, registry, database, flink, ports);
  }
}
