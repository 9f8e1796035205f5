package dev.tidegate.ingest.planted;

import dev.tidegate.features.FeaturesMetric;

/** A stage that reads its sibling. */
public final class SiblingReader {
  private SiblingReader() {}

  /** Asks the sibling. */
  public static String digest() {
    return FeaturesMetric.LATE.metric();
  }
}
