package dev.tidegate.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bench features} on a tiny size: which fields its JSON has. */
final class FeaturesBenchIT {
  @TempDir private Path folder;

  @Test
  void shouldWriteASpeedupForEachBaselineAndWindow() throws Exception {
    Path json = folder.resolve("features.json");
    int code =
        Bench.run(
            ("features --only windows,errors,state --windows 1h --loads ring --no-curve"
                    + " --window-seconds 1 --events 2000 --json "
                    + json)
                .split(" "));
    assertThat(code).isZero();
    JsonNode report = new JsonMapper().readTree(json.toFile());

    List<String> against = new ArrayList<>();
    for (JsonNode speedup : report.path("windowSpeedup")) {
      against.add(speedup.path("against").asText());
      assertThat(speedup.path("load").asText()).isEqualTo("ring");
      assertThat(speedup.path("window").asText()).isEqualTo("1h");
      double ours = perSecond(report, "OURS");
      double theirs = perSecond(report, speedup.path("against").asText());
      assertThat(speedup.path("ratio").asDouble()).isEqualTo(ours / theirs).isPositive();
      assertThat(speedup.path("cpuRatio").asDouble()).isPositive();
    }
    assertThat(against).containsExactlyInAnyOrder("HOP", "RESCAN");

    assertThat(report.path("windowErrors"))
        .extracting(miss -> miss.path("design").asText())
        .contains("OURS", "HOP");
    for (JsonNode miss : report.path("windowErrors")) {
      boolean ours = miss.path("design").asText().equals("OURS");
      double most = miss.path("relative").path("most").asDouble();
      assertThat(most == 0).as("%s", miss).isEqualTo(ours);
    }
    assertThat(report.path("cardState").findValuesAsText("entity")).contains("account", "card");
    assertThat(report.path("job").isNull()).isTrue();
    assertThat(report.path("hot").isNull()).isTrue();
    assertThat(report.path("kernel")).isEmpty();
    assertThat(report.path("settings").path("catalogue").asText()).hasSize(64);
    assertThat(report.path("machine").has("loadBefore")).isTrue();
  }

  private static double perSecond(JsonNode report, String design) {
    for (JsonNode run : report.path("windows")) {
      if (run.path("design").asText().equals(design)) {
        return run.path("speed").path("perSecond").asDouble();
      }
    }
    throw new AssertionError("no run of " + design);
  }

  @Test
  void shouldRefuseAWindowThatIsNotMeasured() {
    Path json = folder.resolve("none.json");
    assertThat(
            Bench.run("features", "--only", "errors", "--windows", "2h", "--json", json.toString()))
        .isNotZero();
    assertThat(Files.exists(json)).isFalse();
  }
}
