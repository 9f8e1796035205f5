package dev.tidegate.retrain.detect;

/** Which way a rate went. */
public enum Direction {
  /** Upwards. */
  RISE,
  /** Downwards. */
  FALL
}
