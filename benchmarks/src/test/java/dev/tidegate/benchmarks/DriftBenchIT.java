package dev.tidegate.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bench drift}, small. */
final class DriftBenchIT {
  @TempDir private Path folder;

  @Test
  void shouldWriteEveryFigure() throws Exception {
    Path json = folder.resolve("drift.json");
    assertThat(
            Bench.run(
                "drift",
                "--only",
                "rates,streams,throughput",
                "--json",
                json.toString(),
                "--streams",
                streams().toString(),
                "--runs",
                "2",
                "--effort",
                "0.02",
                "--payments",
                "10000"))
        .isZero();
    JsonNode report = new JsonMapper().readTree(json.toFile());
    assertThat(report.path("rates")).hasSize(3 * 9);
    JsonNode ours = report.path("rates").get(0);
    assertThat(ours.path("ours").asBoolean()).isTrue();
    assertThat(ours.path("promised").asDouble()).isEqualTo(100_000);
    assertThat(ours.path("missed").isInt()).isTrue();
    assertThat(ours.path("delays").get(1).path("median").asDouble()).isPositive();
    assertThat(report.path("missed").asInt()).isZero();
    assertThat(report.path("streams")).hasSize(4);
    assertThat(report.path("streams").get(0).path("abruptHits").asInt()).isEqualTo(3);
    assertThat(report.path("streams").get(0).path("falseAlarmsAStream").asDouble()).isZero();
    assertThat(report.path("throughput").path("perSecond").asDouble()).isPositive();
    assertThat(report.path("machine").path("java").asText()).isNotEmpty();
  }

  /** Over a broker, too short to say how quick: each is measured, by itself and with all others. */
  @Test
  void shouldMeasureEachTopologyAloneAndAllTogether() throws Exception {
    Path json = folder.resolve("topologies.json");
    assertThat(
            Bench.run(
                "drift",
                "--only",
                "topologies",
                "--topology-payments",
                "4000",
                "--json",
                json.toString()))
        .isZero();
    JsonNode load = new JsonMapper().readTree(json.toFile()).path("topologies");
    assertThat(load.path("features").asInt()).isEqualTo(100);
    assertThat(load.path("warmUp").asInt()).isEqualTo(2_000);
    assertThat(load.path("aim").asInt()).isEqualTo(20_000);
    assertThat(load.path("alone")).hasSize(5);
    JsonNode together = load.path("together");
    assertThat(together.path("rows").findValuesAsText("topology"))
        .containsExactly("score", "outcomes", "quality", "volume", "stability");
    for (JsonNode row : together.path("rows")) {
      assertThat(row.path("microsAPayment").asDouble()).as(row.toString()).isPositive();
      assertThat(row.path("payments").asInt()).as(row.toString()).isBetween(1, 6_000);
    }
    assertThat(together.path("leastPerSecondPerCore").asDouble())
        .isPositive()
        .isLessThan(together.path("perSecondPerCore").asDouble());
    assertThat(load.path("met").asBoolean())
        .isEqualTo(together.path("perSecondPerCore").asDouble() >= 20_000);
  }

  @Test
  void shouldRefuseAFolderThatIsNotThere() {
    assertThat(Bench.run("drift", "--streams", folder.resolve("none").toString())).isEqualTo(2);
  }

  /** The class is whether x is above one half, turned over at each point. */
  private Path streams() throws Exception {
    SplittableRandom random = new SplittableRandom(163);
    StringBuilder text = new StringBuilder("x,class\n");
    for (int row = 0; row < 40_000; row++) {
      double x = random.nextDouble();
      boolean above = x > 0.5;
      text.append(x).append(',').append(above == (row / 10_000 % 2 == 0) ? 1 : 0).append('\n');
    }
    Path streams = Files.createDirectory(folder.resolve("streams"));
    Files.writeString(streams.resolve("turned_abrupto.csv"), text);
    return streams;
  }
}
