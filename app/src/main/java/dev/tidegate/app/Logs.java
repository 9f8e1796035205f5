package dev.tidegate.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the log goes. The terminal belongs to the command; what engines log goes to a file. Must be
 * called before the first logger is made.
 */
public final class Logs {
  static final String FILE_PROPERTY = "tidegate.log";

  private Logs() {}

  /**
   * Sends the log to a file, making its folder.
   *
   * @throws Refused if the folder cannot be made
   */
  public static void to(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new Refused("cannot write to " + file.toAbsolutePath().getParent());
    }
    System.setProperty(FILE_PROPERTY, file.toString());
  }
}
