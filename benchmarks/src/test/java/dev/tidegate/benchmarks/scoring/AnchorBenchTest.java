package dev.tidegate.benchmarks.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.forest.Forest;
import dev.tidegate.scoring.model.Device;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The anchor on a small scale: every way at every batch, and a GPU only where there is one. */
final class AnchorBenchTest {
  @Test
  void shouldTimeEachWayAtEachBatch() {
    Terminal terminal =
        new Terminal(new PrintWriter(new StringWriter()), false, WallClock.INSTANCE);
    AnchorBench bench =
        new AnchorBench(
            new AnchorBench.Sizes(20, 12),
            new ScoringBench.Slices(1, 0.02, Device.CPU),
            7,
            terminal);

    AnchorBench.Report report = bench.run(List.of(1, 16));

    assertThat(report.gpu()).isEqualTo("no GPU was asked for");
    assertThat(report.lines())
        .extracting(CallTimes::way)
        .containsExactly(
            AnchorBench.SMALL, AnchorBench.LARGE, AnchorBench.SMALL, AnchorBench.LARGE);
    assertThat(report.lines())
        .allMatch(line -> line.p50Millis() > 0 && line.p50Millis() <= line.p99Millis())
        .allMatch(line -> line.rowsPerSecond() > 0);
  }

  @Test
  void shouldFillTreesToTheirDepth() {
    Forest forest = FullTrees.of(3, 12, 5, 1);

    assertThat(forest.trees()).allMatch(tree -> tree.nodes() == 8_191 && tree.depth() == 12);
  }
}
