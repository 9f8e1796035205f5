package dev.tidegate.retrain.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConceptMonitorTest {
  private static final double RUN_LENGTH = 1e6;

  /** Scores of a calibrated model; {@code shift} moves payments towards risky ones. */
  private static double score(SplittableRandom random, double shift) {
    double logit = -6 + shift + 3 * (random.nextDouble() + random.nextDouble() - 1);
    return 1 / (1 + Math.exp(-logit));
  }

  private static ConceptMonitor monitor() {
    return new ConceptMonitor(RUN_LENGTH, RUN_LENGTH, Learning.defaults());
  }

  @Test
  void shouldNotBeMovedByAShiftOfThePaymentsAlone() {
    ConceptMonitor monitor = monitor();
    SplittableRandom random = new SplittableRandom(47);
    for (int i = 0; i < 300_000; i++) {
      double score = score(random, i < 100_000 ? 0 : 3);
      assertThat(monitor.matured(score, random.nextDouble() < score)).isNull();
    }
  }

  @Test
  void shouldSeeFraudThatScoresDoNot() {
    ConceptMonitor.Drift drift = feed(monitor(), 3);
    assertThat(drift).isNotNull();
    assertThat(drift.stream()).isEqualTo(ConceptMonitor.Stream.MATURED_LABELS);
    assertThat(drift.direction()).isEqualTo(Direction.RISE);
    assertThat(drift.statistic()).isGreaterThanOrEqualTo(drift.threshold());
  }

  @Test
  void shouldSeeScoresThatExaggerate() {
    ConceptMonitor.Drift drift = feed(monitor(), 0.3);
    assertThat(drift).isNotNull();
    assertThat(drift.direction()).isEqualTo(Direction.FALL);
  }

  private static ConceptMonitor.@Nullable Drift feed(ConceptMonitor monitor, double times) {
    SplittableRandom random = new SplittableRandom(53);
    for (int i = 0; i < 60_000; i++) {
      double score = score(random, 0);
      ConceptMonitor.Drift drift = monitor.matured(score, random.nextDouble() < times * score);
      if (drift != null) {
        return drift;
      }
    }
    return null;
  }

  /** Each stream has its own evidence: bad dispositions leave the labels' statistic alone. */
  @Test
  void shouldKeepTheTwoStreamsApart() {
    ConceptMonitor monitor = monitor();
    SplittableRandom random = new SplittableRandom(59);
    for (int i = 0; i < 2_000; i++) {
      assertThat(monitor.disposed(random.nextDouble() < 0.4)).isNull();
    }
    double labels = monitor.calibration().statistic();
    ConceptMonitor.Drift drift = null;
    for (int i = 0; i < 2_000 && drift == null; i++) {
      drift = monitor.disposed(random.nextDouble() < 0.15);
    }
    assertThat(drift).isNotNull();
    assertThat(drift.stream()).isEqualTo(ConceptMonitor.Stream.DISPOSITIONS);
    assertThat(drift.direction()).isEqualTo(Direction.FALL);
    assertThat(monitor.calibration().statistic()).isEqualTo(labels);
  }
}
