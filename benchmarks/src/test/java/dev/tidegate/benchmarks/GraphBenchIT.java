package dev.tidegate.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bench graph} on a small file and small multigraphs. */
final class GraphBenchIT {
  @TempDir private Path folder;

  @Test
  void shouldWriteEveryFigureOfAFile() throws Exception {
    JsonNode report = report("--from", payments().toString());
    assertThat(report.path("kernelTransactionsPerSecond").asDouble())
        .isEqualTo(report.path("kernel").path("costs").path("perSecond").asDouble())
        .isPositive();
    assertThat(report.path("kernel").path("payments").asText()).isEqualTo("payments.csv");
    JsonNode costs = report.path("kernel").path("costs");
    assertThat(costs.path("payments").asInt()).isEqualTo(300);
    // Payments go round a ring of three accounts: from the third on each closes a cycle.
    assertThat(costs.path("cyclesFound").asDouble()).isGreaterThanOrEqualTo(298);
    assertThat(report.path("growth").findValuesAsText("edges")).containsExactly("1000", "10000");
    assertThat(report.path("growthRatio").asDouble()).isPositive();
    assertThat(report.path("bytesPerEdge").asDouble()).isBetween(40.0, 200.0);
    assertThat(report.path("hubP99Ratio").asDouble()).isPositive();
    JsonNode job = report.path("job");
    for (String layout : List.of("one", "replicas")) {
      assertThat(job.path(layout).path("full").path("perSecond").asDouble()).isPositive();
    }
    assertThat(job.path("sharded").path("job").path("full").path("payments").asInt())
        .isEqualTo(1_000);
    assertThat(job.path("replicas").path("full").path("payments").asInt()).isEqualTo(2_000);
    assertThat(job.path("inserted").path("perSecond").asDouble()).isPositive();
    assertThat(job.path("replicas").path("askedPerSecond").asDouble())
        .isCloseTo(report.path("jobTransactionsPerSecond").asDouble() / 2, withinPercentage(0.1));
    assertThat(job.path("replicas").path("leastLateNanos").asLong(-1))
        .as("no payment is sent before it is due")
        .isBetween(0L, 60_000_000_000L);
    assertThat(job.path("replicas").path("paced").path("perSecond").asDouble()).isPositive();
    assertThat(report.path("kernelsAtOnceShare").asDouble()).isPositive();
    assertThat(report.path("oneGraphShareOfKernel").asDouble()).isPositive();
    assertThat(report.path("shardedShareOfKernel").asDouble()).isPositive();
    assertThat(report.path("jobTransactionsPerSecond").asDouble()).isPositive();
    assertThat(report.path("jobShareOfKernel").asDouble()).isPositive();
    assertThat(report.path("jobP99Millis").asDouble()).isPositive();
    assertThat(report.path("machine").path("java").asText()).isNotEmpty();
  }

  @Test
  void shouldRefuseAFileThatIsNotThere() {
    assertThat(Bench.run("graph", "--from", folder.resolve("none.csv").toString())).isEqualTo(2);
  }

  private JsonNode report(String... arguments) throws Exception {
    Path json = folder.resolve("graph.json");
    List<String> all = new ArrayList<>(List.of("graph", "--json", json.toString()));
    all.addAll(List.of("--edges", "10000", "--hub-edges", "2000", "--measured", "2000"));
    all.addAll(List.of("--sharded-payments", "2000"));
    all.addAll(List.of(arguments));
    assertThat(Bench.run(all.toArray(String[]::new))).isZero();
    return new JsonMapper().readTree(json.toFile());
  }

  private Path payments() throws Exception {
    StringBuilder text =
        new StringBuilder("tran_id,orig_acct,bene_acct,tx_type,base_amt,tran_timestamp\n");
    for (int i = 0; i < 300; i++) {
      text.append(i).append(',').append(i % 3).append(',').append((i + 1) % 3);
      text.append(",TRANSFER,").append(100 + i).append(".50,2024-01-");
      text.append(i < 150 ? "01" : "02").append("T00:00:00Z\n");
    }
    return Files.writeString(folder.resolve("payments.csv"), text);
  }
}
