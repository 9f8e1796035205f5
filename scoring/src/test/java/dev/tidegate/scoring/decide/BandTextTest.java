package dev.tidegate.scoring.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.Transaction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BandTextTest {
  private static final ScoreBands OTHERS = ScoreBands.RELEASE.decliningFrom(0.95);

  @Test
  void shouldReadBandsByChannel() {
    SegmentBands bands =
        BandText.read("card_online step-up=0.3 alert=0.6 decline=0.9;  instant alert=0.4;", OTHERS);

    assertThat(bands)
        .isEqualTo(
            SegmentBands.everywhere(OTHERS)
                .with("card_online", new ScoreBands(0.3, 0.6, 0.9))
                .with("instant", new ScoreBands(null, 0.4, 0.95)));
    assertThat(BandText.read("", OTHERS)).isEqualTo(SegmentBands.everywhere(OTHERS));
  }

  @ParameterizedTest
  @CsvSource({
    "card_online, 0.2, APPROVE",
    "card_online, 0.4, STEP_UP",
    "card_online, 0.7, HOLD",
    "card_online, 0.92, DECLINE",
    "instant, 0.45, HOLD",
    "instant, 0.92, HOLD",
    "branch, 0.45, APPROVE",
    "branch, 0.5, HOLD"
  })
  void shouldDecideAChannelsPaymentsByItsBands(String channel, double score, Outcome due) {
    OutcomePolicy policy =
        new OutcomePolicy(
            BandText.read(
                "card_online step-up=0.3 alert=0.6 decline=0.9; instant alert=0.4", OTHERS),
            Outcome.HOLD,
            Outcome.HOLD);
    Transaction payment =
        Transaction.newBuilder(Vectors.of("t", 1f).getTransaction()).setChannel(channel).build();

    assertThat(policy.of(score, 0.5, payment)).isEqualTo(due);
    assertThat(policy.alerts(score, 0.5, payment))
        .isEqualTo(due == Outcome.HOLD || due == Outcome.DECLINE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          card_online                    | 'card_online' is not of the form CHANNEL
          card online=0.5                | 'online=0.5' of channel card is not of the form
          card alert=0.5 alert=0.6       | 'alert=0.6' of channel card is not of the form
          card alert=1.5                 | the alert threshold must be in [0, 1]: 1.5
          card alert=0.5.1               | '0.5.1' is no number
          card alert=0.5; card alert=0.6 | channel card has bands twice
          card step-up=0.7 alert=0.6     | must rise from step-up over alert to decline
          card alert=0.96                | must rise from step-up over alert to decline
          """)
  void shouldSayWhatIsWrong(String text, String why) {
    assertThatThrownBy(() -> BandText.read(text, OTHERS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
