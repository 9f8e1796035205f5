package dev.tidegate.app.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.app.run.CommandRun;
import dev.tidegate.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
          Map.of(),
          Map.of("transactions", 100.0, "decisions", 10.0, "models", 5.0),
          new MemoryCosts("by hand", 60, 110, 200, 150));

  @ParameterizedTest
  @CsvSource({
    // 0.4 + 2000/3337; 2 x 0.1 + 2000/21802 + 2000/76549, one each; 0.3 + 1.8
    "1000, 1, 2, 3",
    // 0.4 + 6.0; 0.2 + 0.92 + 0.26; 0.3 + 18
    "10000, 7, 2, 19",
    // 0.4 + 59.9; 6 x 0.1 + 9.17 + 2.61; 0.3 + 180
    "100000, 61, 13, 181"
  })
  void shouldGiveEachProcessItsFixedCostAndPaymentsTwice(
      double tps, long featuresCores, long scorerCores, long graphCores) {
    Sizing sizing = Sizing.of(new Sizing.Load(tps, 0, 0), COSTS);

    assertThat(sizing.cores())
        .containsEntry("features", featuresCores)
        .containsEntry("scoring", scorerCores)
        .containsEntry("graph-aml", graphCores);
  }

  @ParameterizedTest
  @CsvSource({
    // 2000/3337; 2000/36151
    "1000, 1, 2, 4",
    // 20000/3337 = 6.0
    "10000, 6, 2, 8",
    // 200000/3337 = 59.9; 200000/36151 = 5.5
    "100000, 60, 6, 60"
  })
  void shouldGiveTasksThatAreHalfFull(double tps, long featuresTasks, long scorers, long widest) {
    Sizing sizing = Sizing.of(new Sizing.Load(tps, 0, 0), COSTS);

    assertThat(sizing.featuresTasks()).isEqualTo(featuresTasks);
    assertThat(sizing.scorers()).isEqualTo(scorers);
    assertThat(sizing.partitions()).isEqualTo(widest);
  }

  @Test
  void shouldCountStateByCardAndMemoryByRememberedId() {
    Sizing sizing = Sizing.of(new Sizing.Load(200, 1_000_000, DAY), COSTS);

    assertThat(sizing.featuresStateBytes()).isEqualTo(12_586_000_000L);
    assertThat(sizing.scorerMemoryBytes() - Sizing.SCORER_BYTES).isEqualTo(829_440_000L);
  }

  /** 7 days of 100 bytes and 30 of 10, three times; [models] keeps its newest steps alone. */
  @Test
  void shouldCountDiskByWhatTopicsKeep() {
    assertThat(Topics.TRANSACTIONS.retention().days()).isEqualTo(7);
    assertThat(Topics.DECISIONS.retention().days()).isEqualTo(30);

    Sizing sizing = Sizing.of(new Sizing.Load(1_000, 0, 0), COSTS);

    assertThat(sizing.brokerDiskBytes()).isEqualTo(3L * 86_400_000L * (7 * 100 + 30 * 10));
  }

  /**
   * A GiB and twice what lives: at 10/s a week is 6,048,000 payments and 8 days are 6,912,000; a
   * trial holds a million of them at most. Brokers: 10 x 115 bytes x 30 s, a copy each, beside 6
   * GiB.
   */
  @Test
  void shouldGiveHeapsTwiceOfWhatTheyHold() {
    long gib = 1L << 30;
    Sizing sizing = Sizing.of(new Sizing.Load(10, 1_000, 0), COSTS);

    assertThat(sizing.memoryBytes())
        .containsOnlyKeys("graph-aml", "monitors", "trials", "broker")
        .containsEntry("graph-aml", gib + 2 * (6_048_000L * 60 + 1_000 * (110 + 40)))
        .containsEntry("monitors", gib + 2 * 6_912_000L * 200)
        .containsEntry("trials", gib + 2 * (1_000_000L * 150 + 41_000_000))
        .containsEntry("broker", 6 * gib + 34_500);
  }

  @Test
  void shouldHoldPaymentsAsLongAsTheSettingsSay() {
    Sizing.Load load = new Sizing.Load(10, 0, 0, new Sizing.Load.Spans(100, 200));

    assertThat(Sizing.of(load, COSTS).memoryBytes())
        .containsEntry("graph-aml", (1L << 30) + 2 * 60_000)
        .containsEntry("monitors", (1L << 30) + 2 * 10 * (86_400L + 200) * 200)
        .containsEntry("trials", (1L << 30) + 2 * (2_000 * 150 + 41_000_000));
  }

  /** None is not 0: whoever reads the JSON would order no disks. */
  @Test
  void shouldSayNothingOfDisksThatWereNotMeasured() {
    Costs unmeasured =
        new Costs("by hand", List.of(100.0, 400.0), 250, COSTS.stages(), Map.of(), Map.of());

    Sizing sizing = Sizing.of(new Sizing.Load(1_000, 0, 0), unmeasured);

    assertThat(new JsonMapper().valueToTree(sizing).has("brokerDiskBytes")).isFalse();
    assertThat(sizing.memoryBytes()).isEmpty();
    assertThat(
            new JsonMapper()
                .valueToTree(Sizing.of(new Sizing.Load(1_000, 0, 0), COSTS))
                .path("brokerDiskBytes")
                .asLong())
        .isPositive();
  }

  /** 1 / 3,337; 1 / 21,802 + 1 / 76,549. */
  @Test
  void shouldReckonWithFullProcessesWhereTheLineIsBelow() {
    assertThat(Math.round(Sizing.fullMicros("features"))).isEqualTo(300);
    assertThat(Math.round(Sizing.fullMicros("scoring"))).isEqualTo(59);
    assertThat(Sizing.fullMicros("graph-aml")).isZero();
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
        .contains("3,337 a core of the machine")
        .contains("| 21,802 |")
        .contains("| 36,151 |")
        .contains("| 76,549 |")
        .contains("keeps 3,403 together");
  }

  @Test
  void shouldReadWhatItWrote(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("sizing.json");
    COSTS.write(file);

    assertThat(new JsonMapper().readValue(file.toFile(), Costs.class)).isEqualTo(COSTS);
    COSTS.with(null).write(file);
    assertThat(new JsonMapper().readValue(file.toFile(), Costs.class)).isEqualTo(COSTS.with(null));
  }

  @Test
  void shouldPrintSizes() throws Exception {
    assertThat(
            CommandRun.of("size", "--tps", "100000", "--json")
                .succeeded()
                .json()
                .path("featuresTasks")
                .asLong())
        .isEqualTo(60);
    String said = CommandRun.of("size", "--tps", "100000").succeeded().out();
    assertThat(said)
        .contains("not measured", "a straight line", "graph-aml", Costs.read().conditions());
    assertThat(said.contains(" of disk,")).isEqualTo(!Costs.read().bytesAPayment().isEmpty());
    assertThat(said).containsPattern("(?m)^monitors +[0-9.]+ GiB of memory each$");
    assertThat(memory("--label-delay", "1d")).isLessThan(memory("--label-delay", "90d"));
    assertThat(CommandRun.of("size", "--tps", "0").exitCode()).isEqualTo(2);
  }

  /** Of the monitors. */
  private static long memory(String... options) throws Exception {
    return CommandRun.of(
            Stream.concat(Stream.of("size", "--tps", "1000", "--json"), Stream.of(options))
                .toArray(String[]::new))
        .succeeded()
        .json()
        .path("memoryBytes")
        .path("monitors")
        .asLong();
  }
}
