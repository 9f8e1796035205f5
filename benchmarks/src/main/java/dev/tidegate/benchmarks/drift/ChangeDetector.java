package dev.tidegate.benchmarks.drift;

/** A detector of rises of a rate, over yes-or-no observations. */
interface ChangeDetector {
  /** Takes an observation; true for an alarm, after which it goes on by its own rule. */
  boolean observe(boolean positive);
}
