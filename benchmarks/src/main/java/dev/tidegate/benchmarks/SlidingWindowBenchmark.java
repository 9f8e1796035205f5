package dev.tidegate.benchmarks;

import dev.tidegate.features.window.Aggregate;
import dev.tidegate.features.window.HeapChunkStore;
import dev.tidegate.features.window.SlidingWindows;
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
 * One more event on a key that holds so many events in 30 days: count, sum and maximum over 1 h, 1
 * d, 7 d and 30 d, in memory.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SlidingWindowBenchmark {
  private static final long HOUR_MS = 3_600_000L;
  private static final long DAY_MS = 24 * HOUR_MS;

  /** Events of the key in 30 days. */
  @Param({"60", "1000", "10000", "100000"})
  public int events;

  private final SlidingWindows windows =
      new SlidingWindows(new long[] {HOUR_MS, DAY_MS, 7 * DAY_MS, 30 * DAY_MS}, 31 * DAY_MS);
  private HeapChunkStore store = new HeapChunkStore();
  private long stepMs;
  private long timeMs;
  private long id;

  /** Fills the key. */
  @Setup
  public void fill() {
    store = new HeapChunkStore();
    stepMs = 30 * DAY_MS / events;
    for (int i = 0; i < events; i++) {
      add();
    }
  }

  /** One event in order. */
  @Benchmark
  public Aggregate[] add() {
    timeMs += stepMs;
    id++;
    return windows.add(store, timeMs, id % 10_007, id);
  }
}
