package dev.tidegate.console;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what the console's server warns of, and apart from it how often it stopped under streams
 * that took over a second to end, as they may on a machine that is busy elsewhere.
 */
final class ServerFaults extends AppenderBase<ILoggingEvent> {
  private static final String LOGGERS =
      "(io\\.javalin|org\\.eclipse|dev\\.tidegate\\.console\\.web).*";

  private final AtomicLong count = new AtomicLong();
  private final AtomicLong late = new AtomicLong();
  private volatile String first = "none";

  ServerFaults() {
    start();
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (!event.getLoggerName().matches(LOGGERS) || !event.getLevel().isGreaterOrEqual(Level.WARN)) {
      return;
    }
    String said = event.getFormattedMessage();
    if (said.startsWith("live streams are still open after an interrupt")) {
      late.getAndIncrement();
    } else if (count.getAndIncrement() == 0) {
      first = event.getLoggerName() + ": " + said;
    }
  }

  /** Faults so far, those streams left out. */
  long count() {
    return count.get();
  }

  /** The first of them. */
  String first() {
    return first;
  }

  /** Stops under streams that were still open. */
  long late() {
    return late.get();
  }
}
