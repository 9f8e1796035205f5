package dev.tidegate.app.live;

import dev.tidegate.app.config.Settings;
import dev.tidegate.app.terminal.Figures;
import dev.tidegate.app.terminal.Spans;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to run the platform.
 *
 * @param data data directory
 * @param feed where payments come from
 * @param model folder of the release; null for the one that ships
 * @param run pace, length and output
 * @param settings settings
 */
public record LiveRequest(Path data, Feed feed, @Nullable Path model, Run run, Settings settings) {
  /**
   * Pace, length and output.
   *
   * @param rate payments a second; 0 for no limit
   * @param duration how long; null until stopped
   * @param events where events go as JSON lines; null for nowhere
   */
  public record Run(double rate, @Nullable Duration duration, @Nullable PrintWriter events) {}

  /** Where the key of the card tokens lies unless the environment has one. */
  Path tokenKey() {
    return data.resolve("token.key");
  }

  /** What was asked for on the command line, by name, for people. */
  Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("data", data.toString());
    options.put("feed", feed.text());
    options.put("rate", run.rate == 0 ? "max" : Figures.rate(run.rate));
    options.put("for", run.duration == null ? "until stopped" : Spans.text(run.duration));
    return options;
  }
}
