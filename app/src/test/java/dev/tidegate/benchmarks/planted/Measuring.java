package dev.tidegate.benchmarks.planted;

/** A measuring that something else needs. */
public final class Measuring {
  private Measuring() {}

  /** Something to need. */
  public static long rounds() {
    return 1;
  }
}
