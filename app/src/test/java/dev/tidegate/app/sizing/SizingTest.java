package dev.tidegate.app.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.app.run.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes worked out by hand from the measured figures. */
final class SizingTest {
  private static final long DAY = 86_400;

  @ParameterizedTest
  @CsvSource({
    // 2000/3337; 2000/21802 + 2000/76549
    "1000, 1, 2, 2, 4",
    // 20000/3337 = 6.0; 20000/36151; 0.917 + 0.261 = 1.2
    "10000, 6, 2, 2, 8",
    // 200000/3337 = 59.9; 5.53; 9.17 + 2.61 = 11.8
    "100000, 60, 6, 12, 60"
  })
  void shouldGiveTwiceWhatKeepingUpNeeds(
      double tps, long featuresCores, long scorers, long scorerCores, long partitions) {
    Sizing sizing = Sizing.of(new Sizing.Load(tps, 0, 0));

    assertThat(sizing.featuresCores()).isEqualTo(featuresCores);
    assertThat(sizing.scorers()).isEqualTo(scorers);
    assertThat(sizing.scorerCores()).isEqualTo(scorerCores);
    assertThat(sizing.partitions()).isEqualTo(partitions);
  }

  @Test
  void shouldCountStateByCardAndMemoryByRememberedId() {
    Sizing sizing = Sizing.of(new Sizing.Load(200, 1_000_000, DAY));

    assertThat(sizing.featuresStateBytes()).isEqualTo(11_595_000_000L);
    assertThat(sizing.scorerMemoryBytes() - Sizing.SCORER_BYTES).isEqualTo(829_440_000L);
  }

  @Test
  void shouldRefuseALoadThatIsNone() {
    assertThatThrownBy(() -> new Sizing.Load(Double.NaN, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The formula's figures are those of the page of results. */
  @Test
  void shouldRestOnMeasuredFigures() throws Exception {
    assertThat(
            Files.readString(
                Path.of(System.getProperty("tidegate.home"), "benchmarks", "RESULTS.md")))
        .contains("3,337 a core of the machine")
        .contains("| 21,802 |")
        .contains("| 36,151 |")
        .contains("| 76,549 |")
        .contains("keeps 3,403 together");
  }

  @Test
  void shouldPrintSizes() throws Exception {
    assertThat(
            CommandRun.of("size", "--tps", "1000", "--json")
                .succeeded()
                .json()
                .path("featuresCores")
                .asLong())
        .isEqualTo(1);
    assertThat(CommandRun.of("size", "--tps", "1000").succeeded().out()).contains("not measured");
    assertThat(CommandRun.of("size", "--tps", "0").exitCode()).isEqualTo(2);
  }
}
