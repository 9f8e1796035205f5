package dev.tidegate.graphaml.config;

import dev.tidegate.graphaml.lane.JoinBounds;
import java.nio.file.Path;
import java.util.Set;

/**
 * What the join of features and signals is told by the graph's file, section {@code vectors}.
 *
 * @param enabled whether there is to be one
 * @param bounds how long one half waits for the other
 */
public record JoinConfig(boolean enabled, JoinBounds bounds) {
  /**
   * Reads the section; a file without it has the shipped bounds and no join.
   *
   * @throws IllegalArgumentException if something in it cannot be meant; it names file and key
   */
  public static JoinConfig read(Path file) {
    SettingsFile root = SettingsFile.read(file);
    if (!root.keys().contains("vectors")) {
      return new JoinConfig(false, JoinBounds.SHIPPED);
    }
    SettingsFile vectors = root.section("vectors").only(Set.of("enabled", "wait", "kept"));
    return new JoinConfig(
        vectors.yes("enabled"), new JoinBounds(vectors.span("wait"), vectors.span("kept")));
  }
}
