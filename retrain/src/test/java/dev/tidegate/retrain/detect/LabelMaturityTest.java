package dev.tidegate.retrain.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LabelMaturityTest {
  private final LabelMaturity maturity = new LabelMaturity(100);
  private final List<String> out = new ArrayList<>();

  private void advance(long nowMs) {
    maturity.advance(nowMs, (score, fraud) -> out.add(score + (fraud ? " fraud" : "")));
  }

  @Test
  void shouldLetAPaymentGoOnlyOnceItsDelayIsOver() {
    maturity.scored("a", 0, 0.1);
    maturity.scored("b", 50, 0.2);
    assertThat(maturity.labelled("b", 60, true)).isTrue();
    advance(99);
    assertThat(out).isEmpty();
    advance(100);
    assertThat(out).containsExactly("0.1");
    advance(150);
    assertThat(out).containsExactly("0.1", "0.2 fraud");
    assertThat(maturity.waiting()).isZero();
  }

  @Test
  void shouldPassOverALabelThatIsKnownTooLate() {
    maturity.scored("a", 0, 0.1);
    assertThat(maturity.labelled("a", 101, true)).isFalse();
    assertThat(maturity.labelled("unknown", 5, true)).isFalse();
    advance(1_000);
    assertThat(out).containsExactly("0.1");
  }

  @Test
  void shouldTakeARepeatedPaymentOnceAndTheNewestLabel() {
    maturity.scored("a", 0, 0.1);
    maturity.scored("a", 0, 0.1);
    maturity.labelled("a", 10, true);
    maturity.labelled("a", 20, false);
    advance(1_000);
    assertThat(out).containsExactly("0.1");
  }

  /** Taken as they come, labels of calibrated scores look like drift; matured ones do not. */
  @Test
  void shouldKeepFrequentEarlyFraudFromLookingLikeDrift() {
    SplittableRandom random = new SplittableRandom(61);
    ConceptDetector matured = new ConceptDetector(1e5);
    ConceptDetector early = new ConceptDetector(1e5);
    LabelMaturity delay = new LabelMaturity(5_000);
    int earlyAlarms = 0;
    int[] maturedAlarms = new int[1];
    for (int i = 0; i < 50_000; i++) {
      boolean fraud = random.nextDouble() < 0.02;
      delay.scored("p" + i, i, 0.02);
      if (fraud) {
        delay.labelled("p" + i, i + 10, true);
        earlyAlarms += early.observe(0.02, true) ? 1 : 0;
      }
      delay.advance(i, (s, y) -> maturedAlarms[0] += matured.observe(s, y) ? 1 : 0);
    }
    assertThat(maturedAlarms[0]).isZero();
    assertThat(earlyAlarms).isPositive();
  }

  @Test
  void shouldRefuseNoDelay() {
    assertThatThrownBy(() -> new LabelMaturity(0)).hasMessageContaining("above 0 ms");
  }
}
