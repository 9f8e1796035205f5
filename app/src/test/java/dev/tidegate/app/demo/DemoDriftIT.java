package dev.tidegate.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.app.run.CommandRun;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.schemas.time.WallClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole loop, smaller than the command runs it: each step is seen on the topics or it fails.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
final class DemoDriftIT {
  @TempDir private Path folder;

  @Test
  void shouldLearnAFraudThatIsNew() throws Exception {
    StringWriter told = new StringWriter();
    List<String> steps;
    try {
      steps =
          DriftDemo.run(
              new DriftDemo.DriftRequest(folder, DriftPlan.small(), "operator-1", "operator-2", 0),
              new Terminal(new PrintWriter(told, true), false, WallClock.INSTANCE));
    } finally {
      System.out.println(told); // what a failure came after
    }

    assertThat(steps)
        .containsSubsequence(
            "first champion",
            "payments decided",
            "payments changed",
            "covariate shift alone",
            "concept monitor fired",
            "retrain request",
            "gates passed",
            "shadow",
            "canary",
            "ready for people",
            "one person alone is refused",
            "new champion decides",
            "a person's request",
            "recall of the new fraud",
            "recall of all fraud",
            "bad challenger refused",
            "audit");
    assertThat(told.toString()).contains("against the champion's", "approved by operator-2");
  }

  @Test
  void shouldWantTwoPeopleAndAnEmptyFolder() {
    CommandRun one =
        CommandRun.of("demo", "drift", "--as", "operator-1", "--approve-as", "Operator-1");
    assertThat(one.exitCode()).isEqualTo(2);
    assertThat(one.err()).contains("must be two people");

    CommandRun full = CommandRun.of("demo", "drift", "--data", folder.getParent().toString());
    assertThat(full.exitCode()).isEqualTo(2);
    assertThat(full.err()).contains("is not empty; name a new --data");
  }
}
