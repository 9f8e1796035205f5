package dev.tidegate.retrain.detect;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * Concept drift by two streams of labels, kept apart because they see different payments at
 * different times: matured labels see all payments, weeks late, and go against the scores;
 * dispositions see alerts only, within hours, and go against the precision that alerts had. A
 * mixture of the two would be biased towards whichever came first.
 *
 * <p>Each stream has a promise of its own. Mutable; not thread safe.
 */
public final class ConceptMonitor {
  private final ConceptDetector calibration;
  private final RateDetector precision;

  /** Where the evidence came from. */
  public enum Stream {
    /** Labels of all payments, once matured. */
    MATURED_LABELS,
    /** Analysts' dispositions of alerts. */
    DISPOSITIONS
  }

  /**
   * A monitor.
   *
   * @param labelRunLength average number of matured labels to a false alarm
   * @param dispositionRunLength average number of dispositions to a false alarm
   * @param learning how the precision of alerts is learned
   */
  public ConceptMonitor(double labelRunLength, double dispositionRunLength, Learning learning) {
    calibration = new ConceptDetector(labelRunLength);
    precision = new RateDetector(EnumSet.of(Direction.FALL), learning, dispositionRunLength);
  }

  /**
   * Takes a matured label.
   *
   * @param score calibrated probability at decision time
   * @return drift that it shows, else null
   */
  public @Nullable Drift matured(double score, boolean fraud) {
    if (!calibration.observe(score, fraud)) {
      return null;
    }
    return new Drift(
        Stream.MATURED_LABELS,
        calibration.direction(),
        calibration.statistic(),
        calibration.threshold());
  }

  /**
   * Takes a disposition of an alert.
   *
   * @return drift that it shows, else null
   */
  public @Nullable Drift disposed(boolean fraud) {
    RateDetector.Alarm alarm = precision.observe(fraud);
    return alarm == null
        ? null
        : new Drift(Stream.DISPOSITIONS, alarm.direction(), alarm.statistic(), alarm.threshold());
  }

  /** Calibration against matured labels. */
  public ConceptDetector calibration() {
    return calibration;
  }

  /** Precision of alerts by dispositions. */
  public RateDetector precision() {
    return precision;
  }

  /** Bytes that {@link #write} needs. */
  public int byteSize() {
    return calibration.byteSize() + precision.byteSize();
  }

  /** Writes what was learned and observed; settings are not in it. */
  public void write(ByteBuffer out) {
    calibration.write(out);
    precision.write(out);
  }

  /** Goes on from what was written with the same settings. */
  public void restore(ByteBuffer in) {
    calibration.restore(in);
    precision.restore(in);
  }

  /**
   * A drift.
   *
   * @param stream whose evidence it is
   * @param direction RISE: more fraud than scored; FALL: less fraud, or less precise alerts
   * @param statistic the e-detector's M
   * @param threshold what it crossed
   */
  public record Drift(Stream stream, Direction direction, double statistic, double threshold) {}
}
