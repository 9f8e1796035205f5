package dev.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.app.stage.StageFailed;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

final class FailureTextTest {
  private final StringWriter said = new StringWriter();

  @BeforeEach
  @AfterEach
  void forgetLog() {
    System.clearProperty(Logs.FILE_PROPERTY);
  }

  private int exitCodeOf(Exception failure) {
    return new CommandLine(new Failing(failure))
        .setErr(new PrintWriter(said, true))
        .setExecutionExceptionHandler(new FailureText())
        .execute();
  }

  @Command
  private static final class Failing implements Callable<Integer> {
    private final Exception failure;

    Failing(Exception failure) {
      this.failure = failure;
    }

    @Override
    public Integer call() throws Exception {
      throw failure;
    }
  }

  @Test
  void shouldSayInOneLineThatAJobWasGivenUp() {
    assertThat(exitCodeOf(new StageFailed("features", new IOException("offset 4")))).isEqualTo(1);
    assertThat(said).hasToString("tidegate: features failed for good: IOException: offset 4\n");
  }

  @Test
  void shouldNameTheLogOfAFailure() {
    System.setProperty(Logs.FILE_PROPERTY, "/somewhere/run.log");

    assertThat(exitCodeOf(new IllegalStateException("no luck"))).isEqualTo(1);
    assertThat(said.toString())
        .isEqualTo(
            "tidegate: failed: no luck\ntidegate: the whole story is in /somewhere/run.log\n");
  }

  @Test
  void shouldNotSendTheUserToTheLogForWhatIsHisToMend() {
    System.setProperty(Logs.FILE_PROPERTY, "/somewhere/run.log");

    assertThat(exitCodeOf(new Refused("there is no file a.csv"))).isEqualTo(2);
    assertThat(said).hasToString("tidegate: there is no file a.csv\n");
  }
}
