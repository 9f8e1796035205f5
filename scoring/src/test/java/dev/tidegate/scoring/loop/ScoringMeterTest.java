package dev.tidegate.scoring.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.decide.Degradation;
import dev.tidegate.scoring.decide.Lineup;
import dev.tidegate.scoring.decide.ReleaseScorer;
import dev.tidegate.scoring.decide.Vectors;
import dev.tidegate.scoring.decide.Verdict;
import dev.tidegate.scoring.model.DeviceUse;
import dev.tidegate.scoring.release.LoadedRelease;
import dev.tidegate.scoring.release.ReleaseFixtures;
import dev.tidegate.scoring.release.ScoringLane;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every declared metric is recorded, and nothing else is. */
final class ScoringMeterTest {
  private final ScoringMeter meter = new ScoringMeter();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void shouldNameEveryMetricOnceUnderTheStage() {
    assertThat(Arrays.stream(ScoringMetric.values()).map(ScoringMetric::metric))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("scoring(\\.[a-z]+)+"));
  }

  @Test
  void shouldShowEveryMetricInTheRegistry() {
    meter.bindTo(registry, ScoringLane.PAYMENTS);

    assertThat(registry.getMeters())
        .extracting(Meter::getId)
        .extracting(Meter.Id::getName)
        .containsAll(Arrays.stream(ScoringMetric.values()).map(ScoringMetric::metric).toList())
        .allMatch(
            name ->
                Arrays.stream(ScoringMetric.values())
                    .anyMatch(metric -> name.startsWith(metric.metric())));
  }

  @Test
  void shouldShowWhatWasCounted() {
    meter.bindTo(registry, ScoringLane.PAYMENTS);

    meter.read(new Intake(5, List.of(Vectors.of("t", 1f)), 3, 1, Map.of()), List.of(30L));
    meter.alerted(2);
    meter.acknowledged(
        List.of(
            new Verdict(
                Vectors.of("t", 1f).getTransaction(),
                decision(Outcome.HOLD),
                null,
                true,
                Degradation.MODEL_FAILURE,
                List.of())));
    meter.finished(2_000, 500, 7, 9);
    meter.finished(0, -1, 7, 9);

    assertThat(registry.get("scoring.decisions").tag("outcome", "hold").functionCounter().count())
        .isEqualTo(1);
    assertThat(
            registry
                .get("scoring.degraded")
                .tag("reason", "model-failure")
                .functionCounter()
                .count())
        .isEqualTo(1);
    assertThat(registry.get("scoring.alerts").functionCounter().count()).isEqualTo(2);
    assertThat(registry.get("scoring.late").functionCounter().count()).isEqualTo(1);
    assertThat(registry.get("scoring.duplicates").functionCounter().count()).isEqualTo(3);
    assertThat(registry.get("scoring.undecodable").functionCounter().count()).isEqualTo(1);
    assertThat(registry.get("scoring.lag.records").gauge().value()).isEqualTo(7);
    assertThat(registry.get("scoring.ids").gauge().value()).isEqualTo(9);
    assertThat(registry.get("scoring.loop.seconds").summary().totalAmount()).isEqualTo(0.002);
    assertThat(registry.get("scoring.queue.seconds").summary().totalAmount()).isEqualTo(0.03);
    assertThat(registry.get("scoring.inference.seconds").summary().totalAmount()).isEqualTo(5e-4);
    assertThat(registry.get("scoring.inference.seconds").summary().count())
        .as("asked once")
        .isOne();
    assertThat(registry.get("scoring.batch.rows").summary().max()).isEqualTo(5);
    assertThat(registry.get("scoring.latency.seconds").summary().count()).isEqualTo(1);
    assertThat(meter.snapshot().late()).isEqualTo(1);
  }

  @Test
  void shouldTellLanesApartInOneRegistry() {
    ScoringMeter aml = new ScoringMeter();
    meter.bindTo(registry, ScoringLane.PAYMENTS);
    aml.bindTo(registry, ScoringLane.AML);

    meter.alerted(2);
    aml.alerted(5);

    assertThat(alerts("payments")).isEqualTo(2);
    assertThat(alerts("aml")).isEqualTo(5);
    assertThat(registry.getMeters())
        .as("both lanes alike, or a registry refuses one")
        .allMatch(one -> one.getId().getTag("lane") != null);
  }

  private double alerts(String lane) {
    return registry.get("scoring.alerts").tag("lane", lane).functionCounter().count();
  }

  @Test
  void shouldShowAGpuThatWasAskedForAndIsMissing() {
    meter.bindTo(registry, ScoringLane.PAYMENTS);
    LoadedRelease release = ReleaseFixtures.echo(0.5);
    Lineup lineup =
        Lineup.of(
            new ReleaseScorer(
                release.manifest(), release.openModel(), WallClock.INSTANCE, failure -> {}));

    meter.releases(0, 0, lineup, new DeviceUse(false, "no driver"));
    assertThat(registry.get("scoring.gpu.missing").gauge().value()).isOne();

    meter.releases(0, 0, lineup, DeviceUse.GPU);
    assertThat(registry.get("scoring.gpu.missing").gauge().value()).isZero();
  }

  private static Decision decision(Outcome outcome) {
    return Decision.newBuilder()
        .setDecisionId("d")
        .setTransactionId("t")
        .setPayerAccount("a")
        .setEventTimeMs(0)
        .setIngestedAtMs(1_000)
        .setDecidedAtMs(1_004)
        .setScore(Double.NaN)
        .setOutcome(outcome)
        .setRelease("r")
        .setFeatureDigest("f")
        .setRuleSet("")
        .setRules(List.of())
        .build();
  }
}
