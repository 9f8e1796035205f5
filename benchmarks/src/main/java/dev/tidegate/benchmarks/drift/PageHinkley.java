package dev.tidegate.benchmarks.drift;

/**
 * Page-Hinkley's test (Page, Biometrika 1954; as MOA and River run it): the summed excess over the
 * running mean less 0.005, forgetting by 0.9999, an alarm above 50, from the 30th observation on.
 */
final class PageHinkley implements ChangeDetector {
  private static final int LEAST = 30;
  private static final double TOLERANCE = 0.005;
  private static final double THRESHOLD = 50;
  private static final double FORGETTING = 0.9999;

  private long seen;
  private double mean;
  private double excess;

  @Override
  public boolean observe(boolean positive) {
    double x = positive ? 1 : 0;
    seen++;
    mean += (x - mean) / seen;
    excess = Math.max(0, FORGETTING * excess + (x - mean - TOLERANCE));
    if (seen < LEAST || excess <= THRESHOLD) {
      return false;
    }
    seen = 0;
    mean = 0;
    excess = 0;
    return true;
  }
}
