package dev.tidegate.retrain.drift;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Tells releases apart in state: what one has left must not be counted as the next one's. A
 * fingerprint of 64 bits of the release's digest.
 */
final class ReleaseMark {
  private ReleaseMark() {}

  /** The mark of a release; never 0, which stands for one that is not known. */
  static long of(String release) {
    UUID hash = UUID.nameUUIDFromBytes(release.getBytes(StandardCharsets.UTF_8));
    return hash.getMostSignificantBits();
  }
}
