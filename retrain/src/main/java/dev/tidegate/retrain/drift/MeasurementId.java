package dev.tidegate.retrain.drift;

import dev.tidegate.scoring.release.Sha256;
import java.nio.charset.StandardCharsets;

/** Ids of readings: the same reading, made again after a kill, has the same one. */
final class MeasurementId {
  private static final int DIGITS = 32;

  private MeasurementId() {}

  static String of(String monitor, String subject, String release, long firstMs, long lastMs) {
    String text =
        String.join(
            "|", "drift", monitor, subject, release, Long.toString(firstMs), Long.toString(lastMs));
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
  }
}
