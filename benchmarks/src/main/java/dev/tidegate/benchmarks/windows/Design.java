package dev.tidegate.benchmarks.windows;

/** Ways to keep count, sum, mean and maximum of a window for each entity. */
public enum Design {
  /** The features stage: catalogue, pipeline and kernel of this platform, one vector an event. */
  OURS,
  /** Flink's sliding windows with a hop of a sixtieth, aggregated as events come. */
  HOP,
  /** The events in a map of Flink's state, all looked at again for each event. */
  RESCAN
}
