package dev.tidegate.app.live;

import dev.tidegate.app.config.Configuration;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to run the platform.
 *
 * @param data data directory
 * @param feed where payments come from
 * @param model folder of the release; null for the one that ships
 * @param run pace, length and output
 * @param configuration settings
 * @param port port of the page; null for the configured one
 */
public record LiveRequest(
    Path data,
    Feed feed,
    @Nullable Path model,
    Run run,
    Configuration configuration,
    @Nullable Integer port) {
  /**
   * Pace, length and output.
   *
   * @param rate payments a second; 0 for no limit
   * @param duration how long; null until stopped
   * @param events where events go as JSON lines; null for nowhere
   */
  public record Run(double rate, @Nullable Duration duration, @Nullable PrintWriter events) {}
}
