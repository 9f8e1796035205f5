package dev.tidegate.retrain.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.retrain.detect.Direction;
import dev.tidegate.retrain.detect.Learning;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QualityMonitorTest {
  private static final Learning LEARNING = new Learning(256, 20_000, 0.01);
  private final List<QualityAlarm> alarms = new ArrayList<>();

  private static QualityMonitor monitor() {
    return new QualityMonitor(
        List.of(FieldExpectation.numeric("amount", new double[] {0, 100, Double.NaN})),
        List.of(FieldExpectation.categorical("channel", Set.of("card", "web"))),
        LEARNING,
        1e7);
  }

  private static float amount(SplittableRandom random) {
    return random.nextInt(10) == 0 ? Float.NaN : random.nextInt(100);
  }

  private void normal(QualityMonitor monitor, SplittableRandom random, int payments) {
    for (int i = 0; i < payments; i++) {
      monitor.parsed(random.nextInt(1_000) > 0, alarms::add);
      monitor.shaped(true, alarms::add);
      monitor.observe(
          new float[] {amount(random)},
          new @Nullable String[] {random.nextBoolean() ? "card" : "web"},
          random.nextInt(100) == 0,
          alarms::add);
    }
  }

  @Test
  void shouldStaySilentWhileFaultsAreAsUsual() {
    normal(monitor(), new SplittableRandom(109), 200_000);
    assertThat(alarms).isEmpty();
  }

  @Test
  void shouldNameEachFaultAndItsField() {
    for (Fault fault : Fault.values()) {
      alarms.clear();
      QualityMonitor monitor = monitor();
      SplittableRandom random = new SplittableRandom(113);
      normal(monitor, random, 60_000);
      assertThat(alarms).isEmpty();
      int broken = 0;
      while (alarms.isEmpty() && broken < 5_000) {
        broken++;
        spoil(monitor, fault, random);
      }
      assertThat(alarms).as(fault.name()).hasSize(1);
      assertThat(alarms.get(0).fault()).isEqualTo(fault);
      assertThat(alarms.get(0).subject())
          .isEqualTo(
              switch (fault) {
                case NONE, RANGE -> "amount";
                case UNSEEN -> "channel";
                case PARSE, SCHEMA, LATE -> "record";
              });
      assertThat(alarms.get(0).change().direction()).isEqualTo(Direction.RISE);
      assertThat(broken).as("payments until %s is told", fault).isLessThan(600);
    }
  }

  /** One record in four is spoilt. */
  private void spoil(QualityMonitor monitor, Fault fault, SplittableRandom random) {
    boolean spoilt = random.nextInt(4) == 0;
    boolean unreadable = spoilt && fault == Fault.PARSE;
    monitor.parsed(!unreadable, alarms::add);
    monitor.shaped(!(spoilt && fault == Fault.SCHEMA), alarms::add);
    float amount =
        spoilt && fault == Fault.NONE
            ? Float.NaN
            : spoilt && fault == Fault.RANGE ? 1e6f : amount(random);
    monitor.observe(
        new float[] {amount},
        new @Nullable String[] {spoilt && fault == Fault.UNSEEN ? "carrier pigeon" : "card"},
        spoilt && fault == Fault.LATE,
        alarms::add);
  }

  @Test
  void shouldGoOnFromItsBytes() {
    QualityMonitor monitor = monitor();
    SplittableRandom random = new SplittableRandom(127);
    normal(monitor, random, 30_000);
    ByteBuffer bytes = ByteBuffer.allocate(monitor.byteSize());
    monitor.write(bytes);
    assertThat(bytes.remaining()).isZero();
    QualityMonitor again = monitor();
    again.restore(bytes.flip());
    List<QualityAlarm> others = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      float[] broken = {Float.NaN};
      String[] channel = {"card"};
      monitor.observe(broken, channel, false, alarms::add);
      again.observe(broken, channel, false, others::add);
    }
    assertThat(others).isEqualTo(alarms).isNotEmpty();
  }

  @Test
  void shouldRefuseARangeOfNothing() {
    assertThatThrownBy(() -> FieldExpectation.numeric("x", new double[] {Double.NaN}))
        .hasMessageContaining("no reference value");
    assertThatThrownBy(() -> new FieldExpectation("x", 2, 1, null)).hasMessageContaining("empty");
  }
}
