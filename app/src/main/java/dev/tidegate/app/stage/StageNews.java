package dev.tidegate.app.stage;

import dev.tidegate.app.terminal.Figures;
import dev.tidegate.app.terminal.Terminal;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures and restarts told to people and to the log, and passed on. */
public final class StageNews implements StageListener {
  private static final Logger LOG = LoggerFactory.getLogger(StageNews.class);
  private static final StageListener NOBODY =
      new StageListener() {
        @Override
        public void restarting(String stage, String reason, Duration pause) {}

        @Override
        public void running(String stage) {}
      };

  private final Terminal terminal;
  private final StageListener next;

  /** Told to the terminal and the log alone. */
  public StageNews(Terminal terminal) {
    this(terminal, NOBODY);
  }

  /** Told to one more besides. */
  public StageNews(Terminal terminal, StageListener next) {
    this.terminal = terminal;
    this.next = next;
  }

  @Override
  public void restarting(String stage, String reason, Duration pause) {
    String when = pause.isZero() ? "" : " in " + Figures.span(pause);
    LOG.warn("{} failed, starts again{}: {}", stage, when, reason);
    terminal.say(stage + " failed, starts again" + when + ": " + reason);
    next.restarting(stage, reason, pause);
  }

  @Override
  public void running(String stage) {
    LOG.info("{} runs again", stage);
    terminal.say(stage + " runs again");
    next.running(stage);
  }
}
