package dev.tidegate.retrain.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.schemas.event.DriftMeasurement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CauseWatchTest {
  private static final long COOLDOWN = 1_000;
  private static final RequestPolicy POLICY =
      new RequestPolicy(Duration.ofMillis(COOLDOWN), 3, 5_000, Duration.ZERO);

  private final CauseWatch watch = new CauseWatch(POLICY);

  static DriftMeasurement reading(String monitor, long at, boolean drifted) {
    return DriftMeasurement.newBuilder()
        .setMeasurementId(monitor + at)
        .setMonitor(monitor)
        .setSubject("s")
        .setRelease("card-0001")
        .setWindowStartMs(at - 10)
        .setWindowEndMs(at)
        .setSamples(2_000)
        .setReferenceSamples(0)
        .setStatistic(61.5)
        .setThreshold(50)
        .setPValue(Double.NaN)
        .setDrifted(drifted)
        .build();
  }

  @Test
  void shouldTakeAConceptAlarmAtItsWord() {
    assertThat(watch.observe(reading("concept-calibration", 1, false), 1)).isNull();
    Cause cause = watch.observe(reading("concept-calibration", 2, true), 2);

    assertThat(cause.kind()).isEqualTo("concept-drift");
    assertThat(cause.statistic()).isEqualTo(61.5);
    assertThat(cause.threshold()).isEqualTo(50);
    assertThat(cause.why()).isEqualTo("concept-calibration of s alarmed: 61.50, threshold 50.00.");
  }

  @Test
  void shouldWaitForDriftOfScoresToLast() {
    assertThat(watch.observe(reading("score-psi", 1, true), 1)).isNull();
    assertThat(watch.observe(reading("score-psi", 2, true), 2)).isNull();
    assertThat(watch.observe(reading("score-psi", 3, false), 3)).isNull();
    assertThat(watch.observe(reading("score-psi", 4, true), 4)).isNull();
    assertThat(watch.observe(reading("score-psi", 5, true), 5)).isNull();
    Cause cause = watch.observe(reading("score-psi", 6, true), 6);

    assertThat(cause.kind()).isEqualTo("feature-drift");
    assertThat(cause.windowStartMs()).isEqualTo(-6);
    assertThat(cause.windowEndMs()).isEqualTo(6);
    assertThat(cause.why()).contains("3 times in a row over 6000 observations");
  }

  @Test
  void shouldWantVolumeBehindDriftOfScores() {
    CauseWatch thin = new CauseWatch(new RequestPolicy(Duration.ZERO, 3, 7_000, Duration.ZERO));
    for (int at = 1; at <= 3; at++) {
      assertThat(thin.observe(reading("score-psi", at, true), at)).isNull();
    }
    assertThat(thin.observe(reading("score-psi", 4, true), 4)).isNotNull();
  }

  @Test
  void shouldNotTrainOnBrokenData() {
    for (String monitor : List.of("quality-none", "quality-schema", "alert-rate", "volume")) {
      assertThat(watch.observe(reading(monitor, 1, true), 1)).isNull();
    }
  }

  @Test
  void shouldBeginAnewWithAnotherRelease() {
    watch.observe(reading("score-psi", 1, true), 1);
    watch.observe(reading("score-psi", 2, true), 2);
    watch.begin();
    assertThat(watch.observe(reading("score-psi", 3, true), 3)).isNull();
  }

  @Test
  void shouldFollowItsSchedule() {
    CauseWatch daily =
        new CauseWatch(new RequestPolicy(Duration.ofMillis(5), 3, 1, Duration.ofMillis(100)));
    assertThat(daily.tick(1_050)).isNull();
    assertThat(daily.tick(1_099)).isNull();
    assertThat(daily.tick(1_100).eventId()).isEqualTo("schedule|PT0.1S|11");
    assertThat(daily.tick(1_150)).isNull();
    assertThat(daily.tick(1_420)).isNotNull();
    assertThat(watch.tick(1_000_000)).isNull();
  }

  /** Whatever comes, however often the state is written and read, causes keep their distance. */
  @Property(tries = 200)
  void shouldRaiseOneCauseACooldown(
      @ForAll @Size(min = 1, max = 400) List<@IntRange(min = 0, max = 120) Integer> gaps,
      @ForAll @IntRange(min = 1, max = 50) int restartEach) {
    CauseWatch storm = new CauseWatch(POLICY);
    List<Long> raised = new ArrayList<>();
    List<Long> alarms = new ArrayList<>();
    long at = 0;
    for (int i = 0; i < gaps.size(); i++) {
      at += gaps.get(i);
      if (i % restartEach == 0) {
        CauseWatch next = new CauseWatch(POLICY);
        next.restore(storm.bytes());
        assertThat(next.bytes()).isEqualTo(storm.bytes());
        storm = next;
      }
      String monitor = i % 3 == 0 ? "score-psi" : "alert-precision";
      alarms.add(at);
      if (storm.observe(reading(monitor, at, i % 5 != 4), at) != null) {
        raised.add(at);
      }
    }
    for (int i = 1; i < raised.size(); i++) {
      assertThat(raised.get(i) - raised.get(i - 1)).isGreaterThanOrEqualTo(COOLDOWN);
    }
    assertThat(raised.size()).isLessThanOrEqualTo((int) (at / COOLDOWN) + 1);
    assertThat(alarms).containsAll(raised);
  }

  @Test
  void shouldRefuseStateOfANewerProgram() {
    byte[] newer = watch.bytes();
    newer[0] = 9;
    assertThatThrownBy(() -> watch.restore(newer)).hasMessageContaining("version 9");
  }
}
