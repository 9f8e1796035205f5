package dev.tidegate.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** {@link EntityWindowsBenchmark} by JMH, in a process of its own. */
final class KernelRuns {
  private KernelRuns() {}

  /**
   * One point.
   *
   * @param method {@code add}, or {@code addThroughBytes} with the codec before it
   * @param events of the entity in its longest window
   * @param windowHours length of that window
   * @param nanos an event with its 20 answers
   * @param error half of the 99.9 % interval, nanoseconds
   */
  record Point(String method, int events, int windowHours, double nanos, double error) {}

  /** History 1, 10 and 100 times as long, for windows of a day and 30 days. */
  static List<Point> run() throws RunnerException {
    var options =
        new OptionsBuilder()
            .include(EntityWindowsBenchmark.class.getSimpleName())
            .param("events", "600", "6000", "60000")
            .param("windowHours", "24", "720")
            .warmupIterations(2)
            .measurementIterations(4)
            .warmupTime(TimeValue.seconds(1))
            .measurementTime(TimeValue.seconds(1))
            .forks(1)
            .verbosity(VerboseMode.SILENT)
            .build();
    List<Point> points = new ArrayList<>();
    for (RunResult result : new Runner(options).run()) {
      points.add(
          new Point(
              result.getPrimaryResult().getLabel(),
              Integer.parseInt(result.getParams().getParam("events")),
              Integer.parseInt(result.getParams().getParam("windowHours")),
              result.getPrimaryResult().getScore(),
              result.getPrimaryResult().getScoreError()));
    }
    return points;
  }
}
