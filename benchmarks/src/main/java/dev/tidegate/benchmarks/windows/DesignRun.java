package dev.tidegate.benchmarks.windows;

/**
 * One design, load and window, measured.
 *
 * @param design which
 * @param load name of the load
 * @param window word of the window
 * @param keptAMonth whether the history is kept for 30 days though the window is shorter
 * @param events handled while the clock ran
 * @param speed how fast it went
 * @param resultsAnEvent results that reached the sink for each event
 */
public record DesignRun(
    Design design,
    String load,
    String window,
    boolean keptAMonth,
    long events,
    Speed speed,
    double resultsAnEvent) {

  /**
   * How fast it went.
   *
   * @param perSecond events a second of wall time
   * @param cpuMicros processor time of the whole process an event, microseconds
   */
  public record Speed(double perSecond, double cpuMicros) {}
}
