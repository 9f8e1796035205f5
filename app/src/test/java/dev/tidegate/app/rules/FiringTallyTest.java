package dev.tidegate.app.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Precision counts what a typology is there for, recall each kind that was planted. */
final class FiringTallyTest {
  private final FiringTally tally = new FiringTally("mule", List.of("mule", "fan_in"));

  @Test
  void shouldCountWhatIsRightWhatIsAnotherCrimeAndWhatIsHonest() {
    tally.note(List.of("mule", "other"), "mule", "C1");
    tally.note(List.of("mule"), "app_scam", "C2");
    tally.note(List.of("mule"), null, "");
    tally.note(List.of("other"), "mule", "C1");
    tally.note(List.of(), "fan_in", "C3");
    tally.note(List.of(), null, "");

    RuleFigures figures = tally.figures(6);

    assertThat(figures.alerts()).isEqualTo(new RuleFigures.Alerts(3, 1, 2, 5_000));
    assertThat(figures.precision()).isEqualTo(1 / 3.0);
    assertThat(figures.crimeShare()).isEqualTo(2 / 3.0);
    assertThat(figures.recall()).isEqualTo(1 / 3.0);
    assertThat(figures.cases()).isEqualTo(new RuleFigures.Cases(2, 1));
    assertThat(figures.byKind())
        .containsExactly(
            new RuleFigures.OfKind("fan_in", 1, 0), new RuleFigures.OfKind("mule", 2, 1));
  }

  @Test
  void shouldSayWhereNothingWasPlantedAndNothingFired() {
    tally.note(List.of(), null, "");

    assertThat(FiguresTable.typologies(List.of(tally.figures(1))))
        .contains("| mule | none | 0 | 0.0 |  | no alert |  |  |");
  }

  @Test
  void shouldWriteALineForEach() {
    tally.note(List.of("mule"), "mule", "C1");
    tally.note(List.of(), "mule", "C1");

    assertThat(FiguresTable.typologies(List.of(tally.figures(10))))
        .contains("| mule | 2 | 1 | 1000.0 | 1.000 | 1.000 | 0.500 | 1 of 1 |")
        .contains("| mule | mule 0.50 of 2 |");
  }
}
