package dev.tidegate.app.offline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for what a run leaves behind only while it works. */
public final class WorkFolder implements AutoCloseable {
  private final Path folder;

  private WorkFolder(Path folder) {
    this.folder = folder;
  }

  /** A new folder where temporary files go. */
  public static WorkFolder temporary() throws IOException {
    return new WorkFolder(Files.createTempDirectory("tidegate-"));
  }

  /** A new folder inside another, of a name that nothing else has. */
  public static WorkFolder inside(Path parent) throws IOException {
    return new WorkFolder(Files.createTempDirectory(parent, ".tidegate-"));
  }

  /** A path in the folder. */
  public Path path(String name) {
    return folder.resolve(name);
  }

  /** The folder. */
  public Path path() {
    return folder;
  }

  /** Removes the folder and what is in it. */
  @Override
  public void close() {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("work folder " + folder + " cannot be removed", e);
    }
  }
}
