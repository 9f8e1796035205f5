package dev.tidegate.app.demo;

import dev.tidegate.app.terminal.Figures;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.schemas.time.WallClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Tells steps as they come true, each with the time since the beginning, and a table at the end.
 */
final class Story {
  private final Terminal terminal;
  private final long begunNanos = WallClock.nanos();
  private final List<Row> rows = new ArrayList<>();
  private int steps;

  Story(Terminal terminal) {
    this.terminal = terminal;
  }

  /**
   * A step that came true.
   *
   * @param name what
   * @param seen by what it was seen
   * @param at since the beginning
   */
  record Row(String name, String seen, Duration at) {}

  /** A step begins. */
  void begin(String what) {
    terminal.say("");
    terminal.say(String.format(Locale.ROOT, "[%s] %d. %s", clock(), ++steps, what));
  }

  /** Something within a step. */
  void tell(String line) {
    terminal.say("        " + line);
  }

  /** What was to come true did. */
  void came(String name, String seen) {
    rows.add(new Row(name, seen, elapsed()));
    terminal.say("   ok   " + name + ": " + seen);
  }

  /** A line that the next one replaces. */
  void status(String line) {
    terminal.status("        " + line);
  }

  /** All that came true. */
  void table() {
    terminal.say("");
    int width = rows.stream().mapToInt(row -> row.name.length()).max().orElse(0);
    for (Row row : rows) {
      terminal.say(
          String.format(
              Locale.ROOT, "%9s  %-" + width + "s  %s", text(row.at), row.name, row.seen));
    }
    terminal.say("");
  }

  List<Row> rows() {
    return List.copyOf(rows);
  }

  Duration elapsed() {
    return Duration.ofNanos(WallClock.nanos() - begunNanos);
  }

  private String clock() {
    return text(elapsed());
  }

  private static String text(Duration span) {
    return Figures.span(span);
  }
}
