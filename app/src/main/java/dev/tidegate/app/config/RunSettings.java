package dev.tidegate.app.config;

import dev.tidegate.app.Refused;

/**
 * How a stage runs alone.
 *
 * @param host address of its health and metrics
 * @param port their port; 0 for any free one
 * @param release folder of the release that scores or is watched; blank for the one that ships
 * @param state folder for what it keeps on disk
 * @param log file of its log; blank for one under {@code state}
 */
public record RunSettings(String host, int port, String release, String state, String log) {
  static RunSettings of(Configuration configuration) {
    return new RunSettings(
        named(configuration, "run.host"),
        configuration.integer("run.port", 0, 65_535),
        configuration.text("run.release"),
        named(configuration, "run.state"),
        configuration.text("run.log"));
  }

  private static String named(Configuration configuration, String key) {
    String text = configuration.text(key);
    if (text.isBlank()) {
      throw new Refused("setting " + key + " must not be empty");
    }
    return text;
  }
}
