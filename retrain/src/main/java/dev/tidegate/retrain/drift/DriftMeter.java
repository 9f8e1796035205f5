package dev.tidegate.retrain.drift;

import dev.tidegate.schemas.metric.StageMeters;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;

/** Counts what drift monitors of one model do, one after the other. Thread safe. */
public final class DriftMeter {
  /** Verdict on a window whose scores drifted. */
  static final String DRIFTED = "drifted";

  /** Verdict on any other window. */
  static final String STEADY = "steady";

  private final LongAdder decisions = new LongAdder();
  private final LongAdder undecodable = new LongAdder();
  private final LongAdder drifted = new LongAdder();
  private final LongAdder steady = new LongAdder();
  private volatile double psi = Double.NaN;

  /** At zero. */
  public DriftMeter() {}

  void counted() {
    decisions.increment();
  }

  void unreadable() {
    undecodable.increment();
  }

  void read(CalibratedPsi.Reading reading) {
    (reading.drifted() ? drifted : steady).increment();
    psi = reading.psi();
  }

  /** Shows the counts in a registry from now on. */
  public void bindTo(MeterRegistry registry) {
    StageMeters<DriftMeter> meters = new StageMeters<>(registry, this);
    meters.counter(RetrainMetric.DECISIONS, counts -> counts.decisions.sum());
    meters.counter(RetrainMetric.UNDECODABLE, counts -> counts.undecodable.sum());
    meters.counter(RetrainMetric.READINGS, counts -> counts.drifted.sum(), DRIFTED);
    meters.counter(RetrainMetric.READINGS, counts -> counts.steady.sum(), STEADY);
    meters.gauge(RetrainMetric.SCORE_PSI, counts -> counts.psi);
  }
}
