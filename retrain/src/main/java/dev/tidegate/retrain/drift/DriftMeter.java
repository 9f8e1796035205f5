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

  /** Verdict on a window of a stream too young to compare. */
  static final String FILLING = "filling";

  private final LongAdder decisions = new LongAdder();
  private final LongAdder undecodable = new LongAdder();
  private final LongAdder ahead = new LongAdder();
  private final LongAdder drifted = new LongAdder();
  private final LongAdder steady = new LongAdder();
  private final LongAdder filling = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private volatile double psi = Double.NaN;
  private volatile boolean watching;

  /** At zero. */
  public DriftMeter() {}

  void counted() {
    decisions.increment();
  }

  void unreadable() {
    undecodable.increment();
  }

  /** A payment, its label or its group whose time lies too far ahead. */
  void ahead() {
    ahead.increment();
  }

  void filling() {
    filling.increment();
  }

  void read(CalibratedPsi.Reading reading) {
    (reading.drifted() ? drifted : steady).increment();
    psi = reading.psi();
  }

  /** Whether monitors of the release in charge are started. */
  public void watching(boolean now) {
    watching = now;
  }

  /** They could not be started. */
  public void failed() {
    failures.increment();
  }

  /** Shows the counts in a registry from now on. */
  public void bindTo(MeterRegistry registry) {
    StageMeters<DriftMeter> meters = new StageMeters<>(registry, this);
    meters.counter(RetrainMetric.DECISIONS, counts -> counts.decisions.sum());
    meters.counter(RetrainMetric.UNDECODABLE, counts -> counts.undecodable.sum());
    meters.counter(RetrainMetric.AHEAD, counts -> counts.ahead.sum());
    meters.counter(RetrainMetric.READINGS, counts -> counts.drifted.sum(), DRIFTED);
    meters.counter(RetrainMetric.READINGS, counts -> counts.steady.sum(), STEADY);
    meters.counter(RetrainMetric.READINGS, counts -> counts.filling.sum(), FILLING);
    meters.gauge(RetrainMetric.SCORE_PSI, counts -> counts.psi);
    meters.gauge(RetrainMetric.WATCHING, counts -> counts.watching ? 1 : 0);
    meters.counter(RetrainMetric.FAILURES, counts -> counts.failures.sum());
  }
}
