package dev.tidegate.benchmarks;

import dev.tidegate.features.history.Amount;
import dev.tidegate.features.history.EntityHistory;
import dev.tidegate.features.history.EntityWindows;
import dev.tidegate.features.history.Event;
import dev.tidegate.features.history.HistoryCodec;
import dev.tidegate.features.history.Kind;
import dev.tidegate.features.history.Layout;
import dev.tidegate.features.history.Measure;
import dev.tidegate.features.history.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One more event of an entity and the answers to 20 aggregates: count, sum, mean, deviation and
 * maximum over four windows, of which the longest is the parameter. Events come at an even pace, so
 * many in the longest window; beyond 512 the older ones are tiles.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EntityWindowsBenchmark {
  private static final long MINUTE_MS = 60_000L;

  /** Events of the entity in the longest window. */
  @Param({"400", "600", "6000", "60000"})
  public int events;

  /** The longest window, minutes: 7.2 hours, 3 days and 30 days. */
  @Param({"432", "4320", "43200"})
  public int windowMinutes;

  private EntityWindows windows = new EntityWindows(layout(1));
  private EntityHistory history = windows.empty();
  private HistoryCodec codec = windows.codec();
  private double[] answers = {};
  private long stepMs;
  private long timeMs;
  private long id;

  private static Layout layout(int longestMinutes) {
    List<Measure> measures = new ArrayList<>();
    for (int share : new int[] {24, 12, 4, 1}) {
      for (Kind kind : new Kind[] {Kind.COUNT, Kind.SUM, Kind.MEAN, Kind.DEVIATION, Kind.MAX}) {
        long windowMs = longestMinutes * MINUTE_MS / share;
        measures.add(new Measure(kind, Money.OWN, Measure.ALL, -1, windowMs, 0, 0, true));
      }
    }
    return new Layout(measures, List.of(), List.of());
  }

  /** Fills the entity's history. */
  @Setup
  public void fill() {
    windows = new EntityWindows(layout(windowMinutes));
    codec = windows.codec();
    history = windows.empty();
    answers = new double[windows.size()];
    stepMs = windowMinutes * MINUTE_MS / events;
    for (int i = 0; i < events; i++) {
      add();
    }
  }

  /** One event in order, on a history in memory. */
  @Benchmark
  public double[] add() {
    timeMs += stepMs;
    id++;
    Amount amount = new Amount(id % 10_007, Amount.NO_BASE, 1);
    windows.add(history, new Event(timeMs, id, amount, 0, new long[0]), answers);
    return answers;
  }

  /** The same on a history that is read from bytes and written back, as a state backend has it. */
  @Benchmark
  public byte[] addThroughBytes() {
    byte[] bytes = codec.write(history);
    history = codec.read(bytes);
    add();
    return bytes;
  }
}
