package dev.tidegate.lab.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/**
 * The registry server's classes, parsed and verified once and mapped by each start: that takes a
 * third of the time then. An archive (JEP 350) is of one server and one Java; its name says which,
 * and where it is missing, or Java does not take it, the server starts from its jars as ever.
 */
public final class RegistryArchive {
  /** Some 60 MB are written while the server ends. */
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private RegistryArchive() {}

  /**
   * Writes the archive beside the server, if it is not there; the build calls this. Without one all
   * works, so that what goes wrong is said and fails nothing.
   */
  public static void main(String[] args) {
    try {
      Path archive = beside(EmbeddedRegistry.runnerJar());
      if (!Files.exists(archive)) {
        write(archive);
      }
    } catch (IOException | RuntimeException e) {
      System.out.println("the registry starts without an archive of its classes: " + e);
    }
  }

  /** Of the Java that runs this, for a server. */
  private static Path beside(Path jar) {
    // Java takes an archive only of the same file at the same place, and of its own build.
    String of =
        String.join(
            "\n",
            jar.toAbsolutePath().toString(),
            Long.toString(jar.toFile().lastModified()),
            Long.toString(jar.toFile().length()),
            System.getProperty("java.home"),
            System.getProperty("java.vendor"),
            System.getProperty("java.vm.version"));
    return jar.resolveSibling(
        jar.getFileName() + "-" + Integer.toHexString(of.hashCode()) + ".jsa");
  }

  /** What Java is told so that it maps a server's archive; empty if there is none. */
  static List<String> options(Path jar) {
    Path archive = beside(jar);
    return Files.isReadable(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of();
  }

  /** By a server that starts, takes all schemas and ends in order; nobody sees half an archive. */
  private static void write(Path archive) throws IOException {
    Path folder = Files.createTempDirectory("registry-archive");
    Path written = Files.createTempFile(archive.getParent(), "writing", ".jsa");
    Files.delete(written); // Java writes no archive over a file
    try {
      List<String> writing = List.of("-XX:ArchiveClassesAtExit=" + written);
      try (EmbeddedRegistry server =
          EmbeddedRegistry.start(new EmbeddedRegistry.Places(folder, folder), 0, false, writing)) {
        ProcessHandle process = ProcessHandle.of(server.pid()).orElseThrow();
        process.destroy();
        if (!Poll.until(LIMIT, () -> !process.isAlive())) {
          throw new IOException("it was not written within " + LIMIT);
        }
      }
      Files.move(written, archive, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(written);
      FileTree.delete(folder);
    }
  }
}
