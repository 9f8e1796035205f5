package dev.tidegate.graphaml.temporal;

/** What became of a payment that was handed to the graph. */
public enum Outcome {
  /** It is in the graph, and its signals were found. */
  ADDED,
  /** It was in the graph before; nothing changed and nothing was found. */
  REPEATED,
  /** It is older than the disorder that the settings allow; nothing changed, nothing was found. */
  TOO_LATE
}
