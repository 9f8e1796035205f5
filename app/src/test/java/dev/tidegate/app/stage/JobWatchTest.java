package dev.tidegate.app.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.lab.platform.RunningJob.State;
import org.junit.jupiter.api.Test;

final class JobWatchTest {
  private static final String TRACE =
      """
      org.apache.flink.runtime.JobException: Recovery is suppressed by a strategy
      \tat org.apache.flink.Some.method(Some.java:1)
      Caused by: java.io.IOException: transactions partition 2 offset 40
      \tat dev.tidegate.Source.read(Source.java:9)
      Caused by: java.lang.IllegalArgumentException: no such magic byte
      \t... 12 more
      """;

  private final HeardNews heard = new HeardNews();
  private final JobWatch watch = new JobWatch("features");

  @Test
  void shouldSayNothingOfAJobThatRuns() {
    watch.look(State.STARTING, "", heard);
    watch.look(State.RUNNING, "", heard);
    watch.look(State.RUNNING, "", heard);

    assertThat(heard.lines).isEmpty();
  }

  @Test
  void shouldTellAFailureOnceAndTheRestart() {
    watch.look(State.RESTARTING, TRACE, heard);
    watch.look(State.RESTARTING, TRACE, heard);
    watch.look(State.STARTING, TRACE, heard);
    watch.look(State.RUNNING, TRACE, heard);
    watch.look(State.RUNNING, TRACE, heard);

    assertThat(heard.lines)
        .containsExactly(
            "features restarting after 0 ms: IOException: transactions partition 2 offset 40:"
                + " IllegalArgumentException: no such magic byte",
            "features running");
  }

  @Test
  void shouldTellARestartThatNoLookSaw() {
    watch.look(State.RUNNING, "", heard);
    watch.look(State.RUNNING, TRACE, heard);

    assertThat(heard.lines).hasSize(2).last().isEqualTo("features running");
  }

  @Test
  void shouldGiveUpWithOneLine() {
    assertThatThrownBy(() -> watch.look(State.FAILED, TRACE, heard))
        .isInstanceOf(StageFailed.class)
        .hasMessage(
            "features failed for good: IOException: transactions partition 2 offset 40:"
                + " IllegalArgumentException: no such magic byte");
  }
}
