package dev.tidegate.benchmarks;

import dev.tidegate.features.history.Amount;
import dev.tidegate.features.history.EntityHistory;
import dev.tidegate.features.history.EntityWindows;
import dev.tidegate.features.history.Event;
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
 * What {@link EntityWindowsBenchmark} leaves out: one more event of an entity where the answers are
 * not running sums alone, or where the events are not of one currency or not in order. Windows of
 * 30, 7.5 and 2.5 days and of 30 hours; 400 events in the longest are all in the ring, 6,000 are
 * mostly tiles.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class KernelCasesBenchmark {
  private static final long MONTH_MS = 30 * 86_400_000L;
  private static final long LATE_MS = 3_600_000L;
  private static final int LATE_ONE_IN = 10;

  /** What is asked, or how the events come. */
  public enum Case {
    /** Count, sum, mean, deviation and maximum over four windows: the case to compare with. */
    SUMS,
    /** Different values over four windows, and whether the event's is new to each. */
    DISTINCT,
    /** The amount over its 0.5 and 0.95 quantile over four windows. */
    QUANTILE,
    /** As SUMS; every second event is in another currency. */
    CURRENCIES,
    /** As SUMS; every tenth event comes late, by up to an hour. */
    LATE
  }

  /** Which case. */
  @Param public Case load = Case.SUMS;

  /** Events of the entity in 30 days. */
  @Param({"400", "6000"})
  public int events;

  private EntityWindows windows = new EntityWindows(layout(Case.SUMS));
  private EntityHistory history = windows.empty();
  private double[] answers = {};
  private long timeMs;
  private long id;

  private static Layout layout(Case load) {
    List<Measure> measures = new ArrayList<>();
    for (int share : new int[] {24, 12, 4, 1}) {
      long windowMs = MONTH_MS / share;
      switch (load) {
        case DISTINCT -> {
          measures.add(tagged(Kind.DISTINCT, windowMs, true));
          measures.add(tagged(Kind.IS_NEW, windowMs, false));
        }
        case QUANTILE -> {
          measures.add(of(Kind.QUANTILE_RATIO, windowMs, 0.5, false));
          measures.add(of(Kind.QUANTILE_RATIO, windowMs, 0.95, false));
        }
        default -> {
          for (Kind kind : List.of(Kind.COUNT, Kind.SUM, Kind.MEAN, Kind.DEVIATION, Kind.MAX)) {
            measures.add(of(kind, windowMs, 0, true));
          }
        }
      }
    }
    return new Layout(measures, List.of(), List.of("tag"));
  }

  private static Measure of(Kind kind, long windowMs, double quantile, boolean withItself) {
    return new Measure(
        kind, Money.OWN, Measure.ALL, Measure.NO_TAG, windowMs, 0, quantile, withItself);
  }

  private static Measure tagged(Kind kind, long windowMs, boolean withItself) {
    return new Measure(kind, Money.NONE, Measure.ALL, 0, windowMs, 0, 0, withItself);
  }

  /** Fills the entity's history. */
  @Setup
  public void fill() {
    windows = new EntityWindows(layout(load));
    history = windows.empty();
    answers = new double[windows.size()];
    for (int i = 0; i < events; i++) {
      add();
    }
  }

  /** One event on a history in memory. */
  @Benchmark
  public double[] add() {
    timeMs += MONTH_MS / events;
    id++;
    boolean isLate = load == Case.LATE && id % LATE_ONE_IN == 0;
    int currency = load == Case.CURRENCIES ? (int) (id & 1) : 1;
    Amount amount = new Amount(id % 10_007, Amount.NO_BASE, currency);
    long atMs = isLate ? timeMs - 1 - id * 7_919 % LATE_MS : timeMs;
    windows.add(history, new Event(atMs, id, amount, 0, new long[] {1 + id * 31 % 97}), answers);
    return answers;
  }
}
