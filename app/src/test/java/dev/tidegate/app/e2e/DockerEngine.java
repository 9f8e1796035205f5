package dev.tidegate.app.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/** The Docker engine that the containers run on: there, or the test is skipped. */
final class DockerEngine {
  /** All that is printed where no engine answers. */
  static final String SKIPPED = "skipped: no Docker engine answers";

  private static final Logger TESTCONTAINERS =
      (Logger) LoggerFactory.getLogger("org.testcontainers");

  private static final AtomicBoolean SAID = new AtomicBoolean();

  private DockerEngine() {}

  /**
   * Goes on if an engine answers; else prints {@link #SKIPPED}, once a run, and skips the test.
   *
   * @throws org.opentest4j.TestAbortedException if none answers
   */
  static void required() {
    boolean answers = answers();
    if (!answers && SAID.compareAndSet(false, true)) {
      System.out.println(SKIPPED);
    }
    assumeTrue(answers, SKIPPED);
  }

  /** Asks without the client's own pages of reasons; it remembers the answer. */
  private static boolean answers() {
    Level level = TESTCONTAINERS.getLevel();
    TESTCONTAINERS.setLevel(Level.OFF);
    try {
      return DockerClientFactory.instance().isDockerAvailable();
    } finally {
      TESTCONTAINERS.setLevel(level);
    }
  }
}
