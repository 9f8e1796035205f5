package dev.tidegate.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** {@link EntityWindowsBenchmark} and {@link KernelCasesBenchmark} by JMH, in own processes. */
final class KernelRuns {
  private static final int MONTH_HOURS = 720;

  private KernelRuns() {}

  /**
   * One point.
   *
   * @param load what is asked, or how the events come
   * @param method {@code add}, or {@code addThroughBytes} with the codec before it
   * @param events of the entity in its longest window
   * @param windowHours length of that window
   * @param nanos an event with its answers: 20, and 8 of the loads distinct and quantile
   * @param error half of the 99.9 % interval, nanoseconds
   */
  record Point(
      String load, String method, int events, int windowHours, double nanos, double error) {}

  /**
   * History in the ring, and 1, 10 and 100 times as long beyond it, for windows of a day and 30
   * days; then each case, in the ring and beyond.
   */
  static List<Point> run() throws RunnerException {
    List<Point> points = new ArrayList<>();
    for (RunResult result :
        run(
            options(EntityWindowsBenchmark.class)
                .param("events", "400", "600", "6000", "60000")
                .param("windowHours", "24", "720"))) {
      points.add(
          point("sums", Integer.parseInt(result.getParams().getParam("windowHours")), result));
    }
    for (RunResult result : run(options(KernelCasesBenchmark.class))) {
      String load = result.getParams().getParam("load").toLowerCase(Locale.ROOT);
      points.add(point("case " + load, MONTH_HOURS, result));
    }
    return points;
  }

  private static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
    return new Runner(options.build()).run();
  }

  private static ChainedOptionsBuilder options(Class<?> benchmark) {
    return new OptionsBuilder()
        .include(benchmark.getSimpleName())
        .warmupIterations(2)
        .measurementIterations(4)
        .warmupTime(TimeValue.seconds(1))
        .measurementTime(TimeValue.seconds(1))
        .forks(1)
        .verbosity(VerboseMode.SILENT);
  }

  private static Point point(String load, int windowHours, RunResult result) {
    return new Point(
        load,
        result.getPrimaryResult().getLabel(),
        Integer.parseInt(result.getParams().getParam("events")),
        windowHours,
        result.getPrimaryResult().getScore(),
        result.getPrimaryResult().getScoreError());
  }
}
