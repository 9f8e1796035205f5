package dev.tidegate.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class SizingBenchCommandTest {
  /** Each by its name: stages come and go, and some need what the bench has not. */
  @Test
  void shouldNameTheStagesThatRunUnlessOthersAreAskedFor() {
    String help = new CommandLine(new SizingBenchCommand()).getUsageMessage();

    assertThat(help.replaceAll("\\s+", " "))
        .contains("Default: [features, scoring, graph-aml, monitors, launcher, console].");
  }
}
