package dev.tidegate.retrain.launch;

import dev.tidegate.schemas.event.RunState;
import dev.tidegate.schemas.metric.Metric.Tag;
import dev.tidegate.schemas.metric.StageMeters;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a launcher does, since its start. Thread safe. */
public final class LaunchMeter {
  private final Map<RunState, LongAdder> states = new EnumMap<>(RunState.class);
  private final LongAdder failures = new LongAdder();
  private final LongAdder unreadable = new LongAdder();
  private volatile int open;

  /** At zero. */
  public LaunchMeter() {
    for (RunState state : RunState.values()) {
      states.put(state, new LongAdder());
    }
  }

  void wrote(RunState state) {
    adder(state).increment();
  }

  void open(int runs) {
    open = runs;
  }

  void failed() {
    failures.increment();
  }

  void unreadable() {
    unreadable.increment();
  }

  private LongAdder adder(RunState state) {
    LongAdder adder = states.get(state);
    if (adder == null) {
      throw new IllegalStateException("no count of " + state);
    }
    return adder;
  }

  /** Shows the counts in a registry from now on. */
  public void bindTo(MeterRegistry registry) {
    StageMeters<LaunchMeter> meters = new StageMeters<>(registry, this);
    for (RunState state : RunState.values()) {
      meters.counter(LaunchMetric.RUNS, counts -> counts.adder(state).sum(), Tag.text(state));
    }
    meters.gauge(LaunchMetric.OPEN, counts -> counts.open);
    meters.counter(LaunchMetric.FAILURES, counts -> counts.failures.sum());
    meters.counter(LaunchMetric.UNREADABLE, counts -> counts.unreadable.sum());
  }
}
