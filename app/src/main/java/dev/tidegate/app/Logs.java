package dev.tidegate.app;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.FileAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the log goes. The terminal belongs to the command; what engines log goes to a file, and
 * nowhere until a command has named one.
 */
public final class Logs {
  /** Names the log of the command that runs. */
  static final String FILE_PROPERTY = "tidegate.log";

  /** Name of the appender in logback.xml. */
  private static final String APPENDER = "file";

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
    send(file);
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
    send(file);
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

  /** Also where a logger was made already: whatever the command line needs may make one. */
  private static void send(Path file) {
    System.setProperty(FILE_PROPERTY, file.toString());
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
        && context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(APPENDER)
            instanceof FileAppender<?> appender) {
      appender.stop();
      appender.setFile(file.toString());
      appender.start();
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
