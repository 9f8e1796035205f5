package dev.tidegate.schemas;

import java.util.List;

/**
 * Who writes a topic and who reads it, by stage name.
 *
 * @param writers stages that write
 * @param readers stages that read
 */
public record Flow(List<String> writers, List<String> readers) {
  /** Starts a flow with its writers. */
  public static Flow from(String... writers) {
    return new Flow(List.of(writers), List.of());
  }

  /** Names the readers. */
  public Flow to(String... names) {
    return new Flow(writers, List.of(names));
  }
}
