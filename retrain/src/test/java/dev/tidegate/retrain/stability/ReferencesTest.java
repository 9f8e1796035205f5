package dev.tidegate.retrain.stability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReferencesTest {
  private static final long DAY = 86_400_000;

  /** A payment an hour; its feature says how full its window is, which takes 30 days. */
  private static References.Rows rows(int days) {
    return new References.Rows() {
      @Override
      public int size() {
        return 24 * days;
      }

      @Override
      public long timeMs(int row) {
        return row * (DAY / 24);
      }

      @Override
      public float value(int row, int feature) {
        return feature == 0 ? Math.min(1, row / (24 * 30f)) : Float.NaN;
      }

      @Override
      public @Nullable String part(int row, PaymentPart part) {
        return part == PaymentPart.CHANNEL ? "card" : null;
      }
    };
  }

  @Test
  void shouldLeaveOutRowsWhoseWindowsWereNotFull() {
    List<FeatureReference> references =
        References.of(List.of("filled", "never"), rows(90), 30 * DAY);
    assertThat(references)
        .extracting(FeatureReference::name)
        .containsExactly("filled", "payment.channel");
    FeatureReference filled = references.get(0);
    assertThat(filled.range()).isEqualTo(new FeatureReference.Range(1, 1));
    assertThat(rows(filled)).isEqualTo(24 * 60);
  }

  @Test
  void shouldTakeAllRowsWhereTooFewAreFull() {
    FeatureReference filled = References.of(List.of("filled"), rows(35), 30 * DAY).get(0);
    assertThat(filled.range()).isEqualTo(new FeatureReference.Range(0, 1));
    assertThat(rows(filled)).isEqualTo(24 * 35);
  }

  private static long rows(FeatureReference reference) {
    long rows = 0;
    for (long of : reference.histogram().total()) {
      rows += of;
    }
    return rows;
  }
}
