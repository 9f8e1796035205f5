package dev.tidegate.benchmarks.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.app.Home;
import dev.tidegate.app.Refused;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.model.Device;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped release at small slices: the processor's times, and the GPU's or why not. */
final class ReleaseBenchTest {
  private static final ScoringBench.Slices SLICES = new ScoringBench.Slices(1, 0.02, Device.CUDA);
  private final Terminal terminal =
      new Terminal(new PrintWriter(new StringWriter()), false, WallClock.INSTANCE);

  @Test
  void shouldTimeTheModelThatServesAndSayWhyThereIsNoGpu() {
    Path shipped = Home.path("config", "releases", "payments-sim-0004");

    ReleaseBench.Report report = new ReleaseBench(shipped, SLICES, terminal).run(List.of(1, 64));

    assertThat(report.release()).isEqualTo("payments-sim-0004");
    assertThat(report.lines().stream().filter(line -> line.way().equals(ReleaseBench.CPU)))
        .hasSize(2)
        .allMatch(line -> line.rowsPerSecond() > 0 && line.p50Millis() <= line.p99Millis());
    assertThat(report.gpu() == null).isEqualTo(report.lines().size() == 4);
  }

  @Test
  void shouldRefuseWhatIsNoRelease(@TempDir Path empty) {
    assertThatThrownBy(() -> new ReleaseBench(empty, SLICES, terminal).run(List.of(1)))
        .isInstanceOf(Refused.class);
  }
}
