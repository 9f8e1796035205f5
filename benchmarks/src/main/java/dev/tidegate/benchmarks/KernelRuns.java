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
  private static final String MONTH_MINUTES = "43200";
  private static final String[] EVENTS = {"400", "600", "6000", "60000"};

  private KernelRuns() {}

  /**
   * One point.
   *
   * @param load what is asked, or how the events come
   * @param method {@code add}, or {@code addThroughBytes} with the codec before it
   * @param events of the entity in its longest window
   * @param windowMinutes length of that window
   * @param nanos an event with its answers: 20, and 8 of the loads distinct and quantile
   * @param error half of the 99.9 % interval, nanoseconds
   */
  record Point(
      String load, String method, int events, int windowMinutes, double nanos, double error) {}

  /**
   * Windows of 1, 10 and 100 times 7.2 hours, each with the history in the ring and 1, 10 and 100
   * times as long beyond it; through bytes for 30 days alone; then each case, in the ring and
   * beyond.
   */
  static List<Point> run() throws RunnerException {
    List<Point> points = new ArrayList<>();
    add(points, sums("add", "432", "4320", MONTH_MINUTES));
    add(points, sums("addThroughBytes", MONTH_MINUTES));
    for (RunResult result : run(options(KernelCasesBenchmark.class.getSimpleName()))) {
      String load = result.getParams().getParam("load").toLowerCase(Locale.ROOT);
      points.add(point("case " + load, Integer.parseInt(MONTH_MINUTES), result));
    }
    return points;
  }

  private static ChainedOptionsBuilder sums(String method, String... windowMinutes) {
    return options(EntityWindowsBenchmark.class.getSimpleName() + "[.]" + method + "$")
        .param("events", EVENTS)
        .param("windowMinutes", windowMinutes);
  }

  private static void add(List<Point> points, ChainedOptionsBuilder options)
      throws RunnerException {
    for (RunResult result : run(options)) {
      int minutes = Integer.parseInt(result.getParams().getParam("windowMinutes"));
      points.add(point("sums", minutes, result));
    }
  }

  private static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
    return new Runner(options.build()).run();
  }

  private static ChainedOptionsBuilder options(String benchmarks) {
    return new OptionsBuilder()
        .include(benchmarks)
        .warmupIterations(3)
        .measurementIterations(5)
        .warmupTime(TimeValue.seconds(1))
        .measurementTime(TimeValue.seconds(1))
        .forks(1)
        .jvmArgs("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC")
        .verbosity(VerboseMode.SILENT);
  }

  private static Point point(String load, int windowMinutes, RunResult result) {
    return new Point(
        load,
        result.getPrimaryResult().getLabel(),
        Integer.parseInt(result.getParams().getParam("events")),
        windowMinutes,
        result.getPrimaryResult().getScore(),
        result.getPrimaryResult().getScoreError());
  }
}
