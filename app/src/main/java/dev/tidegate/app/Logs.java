package dev.tidegate.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

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

  /**
   * Runs a command with a log of its own among the temporary files, which no other run and no other
   * user shares. It stays only if the work failed by itself, not where the user is told what to
   * mend.
   *
   * @param command name of the command, for the name of the file
   */
  public static <T> T ofOneRun(String command, Callable<T> work) throws Exception {
    Path file = fresh(command);
    System.setProperty(FILE_PROPERTY, file.toString());
    boolean needed = false;
    try {
      return work.call();
    } catch (Exception e) {
      needed = !Refusals.isRefusal(e);
      throw e;
    } finally {
      if (!needed) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static Path fresh(String command) {
    try {
      return Files.createTempFile("tidegate-" + command + "-", ".log");
    } catch (IOException e) {
      throw new Refused(
          "cannot write to the folder of temporary files, " + System.getProperty("java.io.tmpdir"));
    }
  }
}
