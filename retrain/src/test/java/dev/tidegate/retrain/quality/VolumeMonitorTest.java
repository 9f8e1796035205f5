package dev.tidegate.retrain.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.retrain.detect.Direction;
import dev.tidegate.retrain.detect.Learning;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VolumeMonitorTest {
  private static final long MINUTE = 60_000;
  private static final int WEEK = 7 * 24 * 60;
  private static final Learning A_WEEK = new Learning(256, WEEK, 0.01);

  private final List<VolumeMonitor.VolumeAlarm> alarms = new ArrayList<>();
  private final VolumeMonitor monitor = new VolumeMonitor(MINUTE, A_WEEK, 1e6);

  /** Ragged volume: 5 to 35 a minute by day, a third of it by night. */
  private void minutes(SplittableRandom random, int from, int to, double times) {
    for (int minute = from; minute < to && alarms.isEmpty(); minute++) {
      double usual = minute / 60 % 24 < 8 ? 7 : 20;
      int count = (int) (times * usual * (0.25 + 1.5 * random.nextDouble()));
      for (int i = 0; i < count; i++) {
        monitor.count(minute * MINUTE, alarms::add);
      }
      monitor.advance((minute + 1) * MINUTE, alarms::add);
    }
  }

  @Test
  void shouldStaySilentThroughNightsAndRaggedMinutes() {
    minutes(new SplittableRandom(131), 0, 5 * WEEK, 1);
    assertThat(alarms).isEmpty();
    assertThat(monitor.usual(80)).isBetween(4.0, 25.0);
  }

  @Test
  void shouldTellSilence() {
    minutes(new SplittableRandom(137), 0, 3 * WEEK, 1);
    monitor.advance((3L * WEEK + 240) * MINUTE, alarms::add);
    assertThat(alarms).isNotEmpty();
    assertThat(alarms.get(0).direction()).isEqualTo(Direction.FALL);
    assertThat(alarms.get(0).count()).isZero();
    assertThat(alarms.get(0).intervalStartMs()).isLessThan((3L * WEEK + 120) * MINUTE);
  }

  @Test
  void shouldTellAFlood() {
    SplittableRandom random = new SplittableRandom(139);
    minutes(random, 0, 3 * WEEK, 1);
    minutes(random, 3 * WEEK, 3 * WEEK + 240, 4);
    assertThat(alarms).hasSize(1);
    assertThat(alarms.get(0).direction()).isEqualTo(Direction.RISE);
    assertThat((double) alarms.get(0).count()).isGreaterThan(2 * alarms.get(0).usual());
  }

  @Test
  void shouldRefuseAnIntervalThatDoesNotDivideAnHour() {
    assertThatThrownBy(() -> new VolumeMonitor(7 * MINUTE, A_WEEK, 10))
        .hasMessageContaining("divide an hour");
  }
}
