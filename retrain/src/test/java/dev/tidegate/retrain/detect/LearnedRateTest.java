package dev.tidegate.retrain.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearnedRateTest {
  /** No positive in n: the bound solves (1 - p)^n = risk. */
  @Test
  void shouldBoundARateOfWhichNothingWasSeen() {
    LearnedRate rate = new LearnedRate(new Learning(10, 1_000, 0.01));
    while (!rate.learn(false)) {
      assertThat(rate.upper()).isEqualTo(1);
    }
    assertThat(rate.upper()).isCloseTo(1 - Math.pow(0.01, 1 / 1_000.0), within(1e-8));
    assertThat(rate.lower()).isZero();
    assertThat(rate.observations()).isEqualTo(1_000);
  }

  /**
   * The first positive ends it after n: P(at least n) = (1 - p)^(n - 1), P(at most n) = 1 - (1 -
   * p)^n.
   */
  @Test
  void shouldBoundARateThatEndsWithItsFirstPositive() {
    LearnedRate rate = new LearnedRate(new Learning(1, 1_000, 0.05));
    for (int i = 0; i < 99; i++) {
      rate.learn(false);
    }
    assertThat(rate.learn(true)).isTrue();
    assertThat(rate.upper()).isCloseTo(1 - Math.pow(0.05, 1 / 99.0), within(1e-7));
    assertThat(rate.lower()).isCloseTo(1 - Math.pow(0.95, 1 / 100.0), within(1e-7));
  }

  /** Whether learning ends by positives, by observations or now so, now so. */
  @ParameterizedTest
  @ValueSource(doubles = {0.004, 0.01, 0.03, 0.05, 0.3})
  void shouldHoldTheRateBetweenItsBoundsButForTheRisk(double truth) {
    SplittableRandom random = new SplittableRandom(23);
    int above = 0;
    int below = 0;
    int trials = 4_000;
    for (int i = 0; i < trials; i++) {
      LearnedRate rate = new LearnedRate(new Learning(30, 1_000, 0.05));
      boolean known = false;
      while (!known) {
        known = rate.learn(random.nextDouble() < truth);
      }
      above += truth > rate.upper() ? 1 : 0;
      below += truth < rate.lower() ? 1 : 0;
    }
    double most = trials * 0.05 + 4 * Math.sqrt(trials * 0.05);
    assertThat((double) above).isBetween(1.0, most);
    assertThat((double) below).isLessThan(most);
  }

  @Test
  void shouldBeAsTightAtALowRateAsAtAHighOne() {
    for (double truth : new double[] {0.002, 0.02, 0.1}) {
      LearnedRate rate = new LearnedRate(Learning.defaults());
      SplittableRandom random = new SplittableRandom(29);
      boolean known = false;
      while (!known) {
        known = rate.learn(random.nextDouble() < truth);
      }
      assertThat(rate.upper() / rate.estimate()).isBetween(1.12, 1.20);
    }
  }

  @Test
  void shouldGoOnFromItsBytes() {
    LearnedRate rate = new LearnedRate(new Learning(3, 100, 0.01));
    rate.learn(true);
    rate.learn(false);
    LearnedRate again = copy(rate);
    rate.learn(true);
    again.learn(true);
    rate.learn(true);
    again.learn(true);
    assertThat(again.known()).isTrue();
    assertThat(again.upper()).isEqualTo(rate.upper());
    assertThat(copy(again).lower()).isEqualTo(rate.lower());
  }

  /** Bytes of version 1: version, 200 observations, 1 positive. */
  @Test
  void shouldReadBytesWrittenBefore() {
    byte[] written = HexFormat.of().parseHex("01" + "00000000000000c8" + "0000000000000001");
    LearnedRate rate = new LearnedRate(new Learning(3, 100, 0.01));
    rate.restore(ByteBuffer.wrap(written));
    assertThat(rate.known()).isTrue();
    assertThat(rate.estimate()).isEqualTo(0.005);
    ByteBuffer again = ByteBuffer.allocate(LearnedRate.BYTES);
    rate.write(again);
    assertThat(again.array()).isEqualTo(written);
  }

  private static LearnedRate copy(LearnedRate of) {
    ByteBuffer bytes = ByteBuffer.allocate(LearnedRate.BYTES);
    of.write(bytes);
    LearnedRate copy = new LearnedRate(new Learning(3, 100, 0.01));
    copy.restore(bytes.flip());
    return copy;
  }

  @Test
  void shouldRefuseToLearnFromNothing() {
    assertThatThrownBy(() -> new Learning(0, 10, 0.1)).hasMessageContaining("at least 1 positive");
    assertThatThrownBy(() -> new Learning(1, 10, 1)).hasMessageContaining("risk");
  }
}
