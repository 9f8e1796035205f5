package dev.tidegate.retrain.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.retrain.stability.PaymentPart;
import org.junit.jupiter.api.Test;

class PaymentGroupTest {
  @Test
  void shouldKnowAGroupOfThePartItIsOfAlone() {
    String kept = PaymentGroup.kept(PaymentPart.CHANNEL, "card");
    assertThat(PaymentGroup.of(PaymentPart.CHANNEL, kept)).isEqualTo("card");
    assertThat(PaymentGroup.of(PaymentPart.PAYER_COUNTRY, kept)).isEmpty();
    assertThat(PaymentGroup.of(null, kept)).isEmpty();
    assertThat(PaymentGroup.of(PaymentPart.CHANNEL, "")).isEmpty();
    assertThat(PaymentGroup.of(PaymentPart.CHANNEL, "card"))
        .as("kept by an older program")
        .isEqualTo("card");
  }
}
