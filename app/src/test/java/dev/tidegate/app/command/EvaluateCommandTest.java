package dev.tidegate.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.app.run.CommandRun;
import org.junit.jupiter.api.Test;

/** What a release must show against a champion. */
final class EvaluateCommandTest {
  @Test
  void shouldLetOnlyABetterReleasePass() {
    assertThat(EvaluateCommand.refusal(0.5, 0.6)).isNull();
    assertThat(EvaluateCommand.refusal(0.6, 0.6)).contains("0.6000 is not above");
    assertThat(EvaluateCommand.refusal(0.7, 0.6)).contains("champion's 0.7000");
    assertThat(EvaluateCommand.refusal(null, 0.6)).contains("no fraud");
    assertThat(EvaluateCommand.refusal(0.6, null)).contains("no fraud");
  }

  @Test
  void shouldKnowNoChampionOfAnotherLane() {
    CommandRun run =
        CommandRun.of(
            "evaluate",
            "--lane",
            "aml",
            "--from",
            "pom.xml",
            "--profile",
            "simulator",
            "--champion",
            "x");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--champion");
  }
}
