package dev.tidegate.ingest.planted;

import dev.tidegate.features.FeatureSet;

/** A stage that reads its sibling. */
public final class SiblingReader {
  private SiblingReader() {}

  /** Asks the sibling. */
  public static String digest() {
    return FeatureSet.current().digest();
  }
}
