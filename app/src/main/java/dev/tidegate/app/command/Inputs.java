package dev.tidegate.app.command;

import dev.tidegate.app.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Files and folders named on the command line, checked before any work starts. */
final class Inputs {
  private Inputs() {}

  /** A file that is there and can be read. */
  static Path existing(Path file) {
    if (!Files.exists(file)) {
      throw new Refused("there is no file " + file);
    }
    if (Files.isDirectory(file)) {
      throw new Refused(file + " is a folder; name the file in it");
    }
    if (!Files.isReadable(file)) {
      throw new Refused("file " + file + " cannot be read");
    }
    return file;
  }

  /** Refuses with a message unless something holds. */
  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new Refused(otherwise);
    }
  }

  /** Refuses a folder in which something else than a release stands. */
  static void empty(Path folder) {
    require(!Files.exists(folder) || Files.isDirectory(folder), folder + " is no folder");
    try (Stream<Path> inside = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
      require(
          inside.findAny().isEmpty() || Files.exists(folder.resolve("manifest.json")),
          "folder " + folder + " holds other files; choose one that is empty or not there yet");
    } catch (IOException e) {
      throw new Refused("folder " + folder + " cannot be read");
    }
  }

  /** A folder that is there or can be made. */
  static Path folder(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new Refused(
          "folder " + folder + " cannot be made: a file is in the way, or no right to");
    }
  }
}
