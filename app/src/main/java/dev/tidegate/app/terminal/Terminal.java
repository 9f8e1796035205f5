package dev.tidegate.app.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;

/**
 * The terminal of one command. Lines for people and progress go to standard error, so that standard
 * output holds results alone. On a terminal a step shows as one bar that is redrawn; elsewhere (a
 * pipe, a log) as one line when it ends. Thread safe.
 */
public final class Terminal implements Progress {
  private static final int BAR_CELLS = 28;
  private static final int STEP_CELLS = 34;
  private static final long REDRAW_MS = 100;

  /** Where no line can be redrawn, a step still says how far it is, on lines of its own. */
  private static final long LINE_MS = 10_000;

  // configuration
  private final PrintWriter out;
  private final boolean live;
  private final InstantSource clock;

  // runtime
  private String step = "";
  private long total;
  private long done;
  private long begunMs;
  private long drawnMs;
  private boolean lineOpen;

  /**
   * A terminal.
   *
   * @param out where lines go
   * @param live true if a line can be redrawn
   * @param clock for rates and redraws
   */
  public Terminal(PrintWriter out, boolean live, InstantSource clock) {
    this.out = out;
    this.live = live;
    this.clock = clock;
  }

  /** One line for people. */
  public synchronized void say(String line) {
    clearLine();
    out.println(line);
    out.flush();
  }

  /** A line that the next call replaces, where the terminal can; nothing elsewhere. */
  public synchronized void status(String line) {
    if (live) {
      out.print("\r\u001b[2K" + line);
      out.flush();
      lineOpen = true;
    }
  }

  /** True if lines can be redrawn. */
  public boolean isLive() {
    return live;
  }

  @Override
  public synchronized void begin(String name, long amount) {
    step = name;
    total = amount;
    done = 0;
    begunMs = clock.millis();
    if (live) {
      draw();
    }
    drawnMs = begunMs;
  }

  @Override
  public synchronized void at(long amount) {
    done = amount;
    if (clock.millis() - drawnMs >= (live ? REDRAW_MS : LINE_MS)) {
      draw();
    }
  }

  @Override
  public synchronized void end() {
    long millis = Math.max(1, clock.millis() - begunMs);
    String amount =
        done == 0 ? "" : "  " + Figures.count(done) + "  " + Figures.rate(done * 1_000.0 / millis);
    say(
        String.format(
            Locale.ROOT,
            "  %-34s%s  %s",
            shortened(step),
            amount,
            Figures.span(Duration.ofMillis(millis))));
    step = "";
  }

  private void draw() {
    if (step.isEmpty()) {
      return;
    }
    drawnMs = clock.millis();
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "  %-34s", shortened(step)));
    if (total > 0) {
      double share = Math.min(1, (double) done / total);
      int cells = (int) (share * BAR_CELLS);
      line.append('[').append("█".repeat(cells)).append("·".repeat(BAR_CELLS - cells)).append("] ");
      line.append(String.format(Locale.ROOT, "%3d %%  ", (int) (share * 100)));
    }
    if (done > 0) {
      long millis = Math.max(1, drawnMs - begunMs);
      line.append(Figures.count(done)).append("  ").append(Figures.rate(done * 1_000.0 / millis));
    }
    if (live) {
      status(line.toString());
    } else {
      say(line.toString());
    }
  }

  private static String shortened(String text) {
    return text.length() <= STEP_CELLS ? text : text.substring(0, STEP_CELLS - 2) + "..";
  }

  private void clearLine() {
    if (lineOpen) {
      out.print("\r\u001b[2K");
      lineOpen = false;
    }
  }
}
