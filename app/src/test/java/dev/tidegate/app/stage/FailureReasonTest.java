package dev.tidegate.app.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class FailureReasonTest {
  @Test
  void shouldNameTheCauseAndWhatIsAroundIt() {
    Exception failure =
        new IllegalStateException(
            "outermost",
            new IllegalStateException("disk of node 7", new IOException("no space\nleft")));

    assertThat(FailureReason.of(failure))
        .isEqualTo("IllegalStateException: disk of node 7: IOException: no space");
  }

  @Test
  void shouldNotSayTheSameTwice() {
    assertThat(FailureReason.of(new RuntimeException(new IllegalArgumentException("bad"))))
        .isEqualTo("IllegalArgumentException: bad");
  }

  @Test
  void shouldAdmitThatThereIsNoReason() {
    assertThat(FailureReason.of(null)).isEqualTo("no reason given");
    assertThat(FailureReason.ofTrace("")).isEqualTo("no reason given");
  }

  @Test
  void shouldReadAPrintedTraceLikeTheFailureItself() {
    Exception failure = new IllegalStateException("outer", new IllegalArgumentException("inner"));
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));

    assertThat(FailureReason.ofTrace(trace.toString())).isEqualTo(FailureReason.of(failure));
  }
}
