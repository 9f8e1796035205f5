package dev.tidegate.benchmarks.sizing;

import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.benchmarks.Stopwatch;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * What payments cost stages that read many at once: their processes are stopped while payments pile
 * up, then read them with nothing else going on. What they take in as long a time without payments
 * is taken off. Beside what a process takes anyway, a payment's cost is many times larger here than
 * at a steady low rate, where the machine's noise hides it.
 */
final class CatchUp {
  /** After so long without a sign a broker gives a consumer up. */
  static final int LOST_SECONDS = 45;

  /** Of payments that pile up; the rest up to {@link #LOST_SECONDS} is for deciding them. */
  static final int STOPPED_SECONDS = 25;

  private static final double MICROS = 1e6;
  private static final Duration LOOKED_AT = Duration.ofSeconds(30);

  private final List<StageProcess> stages;
  private final Terminal terminal;

  CatchUp(List<StageProcess> stages, Terminal terminal) {
    this.stages = stages;
    this.terminal = terminal;
  }

  /**
   * Measures; the stages go on afterwards.
   *
   * @param feed sends payments until all are decided, within {@link #LOST_SECONDS}, or throws;
   *     gives how many
   * @return processor time a payment by stage, microseconds; not below 0
   */
  Map<String, Double> measure(LongSupplier feed) throws IOException {
    if (stages.isEmpty()) {
      return Map.of();
    }
    terminal.say("no payments for " + LOOKED_AT.toSeconds() + " s");
    Map<String, Double> idle = window();
    terminal.say("payments pile up for " + STOPPED_SECONDS + " s, then are read");
    for (StageProcess stage : stages) {
      stage.pause();
    }
    long payments;
    try {
      payments = Math.max(1, feed.getAsLong());
    } finally {
      for (StageProcess stage : stages) {
        stage.proceed();
      }
    }
    Map<String, Double> micros = new TreeMap<>();
    window()
        .forEach(
            (stage, seconds) ->
                micros.put(stage, Math.max(0, MICROS * (seconds - idle.getOrDefault(stage, 0.0)))));
    micros.replaceAll((stage, all) -> all / payments);
    return micros;
  }

  /** Processor seconds of each in a while. */
  private Map<String, Double> window() {
    Map<String, Double> taken = new LinkedHashMap<>();
    stages.forEach(stage -> taken.put(stage.stage(), -stage.cpuSeconds()));
    Stopwatch.await(LOOKED_AT, () -> false);
    stages.forEach(stage -> taken.merge(stage.stage(), stage.cpuSeconds(), Double::sum));
    return taken;
  }
}
