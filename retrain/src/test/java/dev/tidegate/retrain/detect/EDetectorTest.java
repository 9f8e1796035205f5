package dev.tidegate.retrain.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EDetectorTest {
  /** Two observations by hand, one bet of r = 2 at mean 0.2: l = 1 / 0.8 = 1.25. */
  @Test
  void shouldEqualTheDefinitionByHand() {
    EDetector roberts = new EDetector(Bets.on(2), 1_000);
    EDetector cusum = new EDetector(EDetector.Form.CUSUM, Bets.on(2), 1_000);
    for (EDetector each : new EDetector[] {roberts, cusum}) {
      assertThat(each.observe(1, 0.2)).isFalse();
      assertThat(each.statistic()).isCloseTo(1 * (1 + 1.25 * 0.8), within(1e-12));
      assertThat(each.observe(0, 0.2)).isFalse();
    }
    assertThat(roberts.statistic()).isCloseTo(3 * (1 - 1.25 * 0.2), within(1e-12));
    assertThat(cusum.statistic()).isCloseTo(2 * (1 - 1.25 * 0.2), within(1e-12));
  }

  /**
   * The promise, for each form, mean and threshold: in n observations no more than n / A false
   * alarms. Seeds are the property's parameters; 4 standard deviations of a Poisson count are left
   * to chance.
   */
  @Property(tries = 60, seed = "20260101")
  void shouldKeepItsPromisedRunLength(
      @ForAll EDetector.Form form,
      @ForAll @DoubleRange(min = 0.001, max = 0.6) @Scale(4) double mean,
      @ForAll @IntRange(min = 20, max = 2_000) int runLength,
      @ForAll boolean rises,
      @ForAll long seed) {
    Bets bets = rises ? Bets.rises() : Bets.falls();
    EDetector detector = new EDetector(form, bets, runLength);
    SplittableRandom random = new SplittableRandom(seed);
    int promised = 200;
    long alarms = 0;
    for (long i = 0; i < (long) promised * runLength; i++) {
      alarms += detector.observe(random.nextDouble() < mean ? 1 : 0, mean) ? 1 : 0;
    }
    assertThat(alarms).isLessThanOrEqualTo((long) (promised + 4 * Math.sqrt(promised)));
  }

  /**
   * Neither independence nor a fixed mean is needed: here the mean follows what came before, and
   * observations are any numbers in [0, 1].
   */
  @ParameterizedTest
  @EnumSource(EDetector.Form.class)
  void shouldKeepItWhereEachMeanDependsOnThePast(EDetector.Form form) {
    EDetector detector = new EDetector(form, Bets.calibration(), 500);
    SplittableRandom random = new SplittableRandom(7);
    double mean = 0.1;
    long alarms = 0;
    for (int i = 0; i < 200 * 500; i++) {
      double width = Math.min(mean, 1 - mean);
      double x = mean + (random.nextBoolean() ? width : -width);
      alarms += detector.observe(x, mean) ? 1 : 0;
      mean = Math.min(0.9, Math.max(0.01, 0.9 * mean + 0.1 * (x > mean ? 0.4 : 0.02)));
    }
    assertThat(alarms).isLessThanOrEqualTo(200 + (long) (4 * Math.sqrt(200)));
  }

  /** The test of the promise can fail: a rate half as high again breaks it many times over. */
  @Test
  void shouldAlarmFarMoreOftenOnceTheMeanIsWrong() {
    EDetector detector = new EDetector(Bets.rises(), 2_000);
    SplittableRandom random = new SplittableRandom(11);
    long alarms = 0;
    for (int i = 0; i < 200 * 2_000; i++) {
      alarms += detector.observe(random.nextDouble() < 0.15 ? 1 : 0, 0.1) ? 1 : 0;
    }
    assertThat(alarms).isGreaterThan(500);
  }

  @Test
  void shouldStayBelowShiryaevRobertsAsCusum() {
    EDetector roberts = new EDetector(Bets.rises(), 1e9);
    EDetector cusum = new EDetector(EDetector.Form.CUSUM, Bets.rises(), 1e9);
    SplittableRandom random = new SplittableRandom(13);
    for (int i = 0; i < 5_000; i++) {
      int x = random.nextDouble() < 0.05 ? 1 : 0;
      roberts.observe(x, 0.05);
      cusum.observe(x, 0.05);
      assertThat(cusum.statistic()).isLessThanOrEqualTo(roberts.statistic());
    }
  }

  @Test
  void shouldNameTheRatioItWasWonBy() {
    EDetector detector = new EDetector(Bets.calibration(), 1e6);
    SplittableRandom random = new SplittableRandom(17);
    while (!detector.observe(random.nextDouble() < 0.3 ? 1 : 0, 0.1)) {
      assertThat(detector.statistic()).isLessThan(1e6);
    }
    assertThat(detector.leadingRatio()).isEqualTo(3);
    assertThat(detector.statistic()).isGreaterThanOrEqualTo(1e6);
    detector.observe(0, 0.1);
    assertThat(detector.statistic()).isLessThan(2);
  }

  @Test
  void shouldSurviveScoresOfNothingAndOfCertainty() {
    EDetector detector = new EDetector(Bets.calibration(), 1e6);
    for (int i = 0; i < 1_000; i++) {
      assertThat(detector.observe(0, 0)).isFalse();
      assertThat(detector.observe(1, 1)).isFalse();
    }
    int wrong = 0;
    while (!detector.observe(0, 1)) {
      wrong++;
    }
    assertThat(wrong).isBetween(1, 20);
  }

  @Test
  void shouldGoOnFromItsBytes() {
    EDetector whole = new EDetector(Bets.rises(), 300);
    EDetector before = new EDetector(Bets.rises(), 300);
    SplittableRandom random = new SplittableRandom(19);
    for (int i = 0; i < 3_000; i++) {
      int x = random.nextDouble() < 0.2 ? 1 : 0;
      ByteBuffer bytes = ByteBuffer.allocate(before.byteSize());
      before.write(bytes);
      EDetector after = new EDetector(Bets.rises(), 300);
      after.restore(bytes.flip());
      assertThat(after.observe(x, 0.1)).isEqualTo(whole.observe(x, 0.1));
      assertThat(after.statistic()).isEqualTo(whole.statistic());
      before = after;
    }
  }

  /** Bytes of version 1: version, number of bets, no alarm, a wealth of 2. */
  @Test
  void shouldReadBytesWrittenBefore() {
    byte[] written = HexFormat.of().parseHex("010100" + "4000000000000000");
    EDetector detector = new EDetector(Bets.on(2), 1_000);
    detector.restore(ByteBuffer.wrap(written));
    assertThat(detector.statistic()).isEqualTo(2);
    ByteBuffer again = ByteBuffer.allocate(detector.byteSize());
    detector.write(again);
    assertThat(again.array()).isEqualTo(written);
  }

  @Test
  void shouldRefuseWhatIsNoShare() {
    EDetector detector = new EDetector(Bets.rises(), 10);
    assertThatThrownBy(() -> detector.observe(1.1, 0.5)).hasMessageContaining("[0, 1]");
    assertThatThrownBy(() -> detector.observe(Double.NaN, 0.5)).hasMessageContaining("[0, 1]");
    assertThatThrownBy(() -> detector.observe(0, Double.NaN)).hasMessageContaining("mean");
    assertThatThrownBy(() -> new EDetector(Bets.rises(), 0.5)).hasMessageContaining("run length");
    assertThatThrownBy(() -> Bets.on(1)).hasMessageContaining("not 1");
    assertThatThrownBy(() -> new EDetector(Bets.rises(), 10).restore(ByteBuffer.wrap(new byte[9])))
        .hasMessageContaining("reset the monitor's state");
  }
}
