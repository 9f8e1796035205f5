package dev.tidegate.app.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.app.run.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes worked out by hand. */
final class SizingTest {
  private static final long DAY = 86_400;
  private static final Costs COSTS =
      new Costs(
          "by hand",
          List.of(100.0, 400.0),
          250,
          Map.of(
              "features", new StageCost(0.4, 200),
              "scoring", new StageCost(0.1, 50),
              "graph-aml", new StageCost(0.3, 900)),
          Map.of());

  @ParameterizedTest
  @CsvSource({
    // 0.4 + 0.4; 2 x 0.1 + 0.1, one each; 0.3 + 1.8
    "1000, 1, 1, 2, 2, 3, 4",
    // 0.4 + 4, but 20000/3390 = 5.9 tasks; 0.2 + 1; 0.3 + 18
    "10000, 6, 6, 2, 2, 19, 8",
    // 0.4 + 40, but 59 tasks; 6 x 0.1 + 10; 0.3 + 180
    "100000, 59, 59, 6, 11, 181, 60"
  })
  void shouldGiveEachProcessItsFixedCostAndPaymentsTwice(
      double tps,
      long featuresTasks,
      long featuresCores,
      long scorers,
      long scorerCores,
      long graphCores,
      long partitions) {
    Sizing sizing = Sizing.of(new Sizing.Load(tps, 0, 0), COSTS);

    assertThat(sizing.featuresTasks()).isEqualTo(featuresTasks);
    assertThat(sizing.scorers()).isEqualTo(scorers);
    assertThat(sizing.cores())
        .containsEntry("features", featuresCores)
        .containsEntry("scoring", scorerCores)
        .containsEntry("graph-aml", graphCores);
    assertThat(sizing.partitions()).isEqualTo(partitions);
  }

  @Test
  void shouldCountStateByCardAndMemoryByRememberedId() {
    Sizing sizing = Sizing.of(new Sizing.Load(200, 1_000_000, DAY), COSTS);

    assertThat(sizing.featuresStateBytes()).isEqualTo(11_595_000_000L);
    assertThat(sizing.scorerMemoryBytes() - Sizing.SCORER_BYTES).isEqualTo(829_440_000L);
  }

  @Test
  void shouldRefuseALoadThatIsNone() {
    assertThatThrownBy(() -> new Sizing.Load(Double.NaN, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Where processes are full stands on the page of results. */
  @Test
  void shouldRestOnMeasuredFigures() throws Exception {
    assertThat(
            Files.readString(
                Path.of(System.getProperty("tidegate.home"), "benchmarks", "RESULTS.md")))
        .contains("3,390 a core of the machine")
        .contains("| 36,151 |")
        .contains("keeps 3,403 together");
  }

  @Test
  void shouldReadWhatItWrote(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("sizing.json");
    COSTS.write(file);

    assertThat(new JsonMapper().readValue(file.toFile(), Costs.class)).isEqualTo(COSTS);
  }

  @Test
  void shouldPrintSizes() throws Exception {
    assertThat(
            CommandRun.of("size", "--tps", "100000", "--json")
                .succeeded()
                .json()
                .path("featuresTasks")
                .asLong())
        .isEqualTo(59);
    String said = CommandRun.of("size", "--tps", "100000").succeeded().out();
    assertThat(said)
        .contains("not measured", "a straight line", "graph-aml", Costs.read().conditions());
    assertThat(CommandRun.of("size", "--tps", "0").exitCode()).isEqualTo(2);
  }
}
