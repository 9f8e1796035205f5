package dev.tidegate.console.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.console.SamplePatterns;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.LaunderingPattern;
import dev.tidegate.schemas.event.MinedCase;
import dev.tidegate.schemas.event.MinedSearch;
import dev.tidegate.schemas.event.PatternAlert;
import org.junit.jupiter.api.Test;

final class QueuedPatternTest {
  private final PatternAlert sample =
      new SamplePatterns(3, 1_790_000_000_000L).of(LaunderingPattern.SCATTER_GATHER, 1, 5);

  @Test
  void shouldBeAboutThePaymentThatOpenedIt() {
    Alert alert = new QueuedPattern(sample).alert();

    assertThat(alert.getTransaction().getAmountMinor())
        .isEqualTo(sample.getEvidencePayments().get(0).getAmountMinor());
    assertThat(alert.getRules()).containsExactly("pattern:SCATTER_GATHER");
  }

  @Test
  void shouldHaveNoAmountAndNoPayeeWhereTheEvidenceLacksThePayment() {
    Alert alert =
        new QueuedPattern(PatternAlert.newBuilder(sample).setOpenedBy("elsewhere").build()).alert();

    assertThat(alert.getTransaction().getTransactionId()).isEqualTo("elsewhere");
    assertThat(alert.getTransaction().getPayerAccount()).isEqualTo(sample.getFocus());
    assertThat(alert.getTransaction().getPayeeAccount()).isNull();
    assertThat(alert.getTransaction().getCurrency()).isEqualTo("XXX");
  }

  @Test
  void shouldBeNamedForTheSearchThatMinedIt() {
    MinedCase mined = new MinedCase(MinedSearch.BICLIQUE, 3.5, 1, 0L, 1L);
    QueuedPattern queued =
        new QueuedPattern(PatternAlert.newBuilder(sample).setMined(mined).build());

    assertThat(queued.alert().getRules()).containsExactly("pattern:BICLIQUE");
    assertThat(queued.haystack()).contains("biclique");
  }
}
