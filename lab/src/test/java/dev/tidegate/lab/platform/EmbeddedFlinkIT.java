package dev.tidegate.lab.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidegate.lab.time.Deadline;
import java.io.Serial;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedFlinkIT {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir Path temporary;

  private EmbeddedFlink flink;

  @BeforeEach
  void startFlink() {
    flink =
        EmbeddedFlink.start(
            temporary.resolve("flink"),
            FlinkOptions.defaults()
                .withParallelism(2, 1)
                .withCheckpointInterval(Duration.ofMillis(200))
                .withRestart(1, Duration.ofMillis(10)));
  }

  @AfterEach
  void stopFlink() {
    flink.close(Deadline.in(MINUTE)); // alone it throws after 8 s
  }

  @Test
  void shouldRunABoundedJobToItsEnd() throws Exception {
    Path starts = temporary.resolve("starts");

    flink.runBounded("bounded", environment -> CountingPipeline.define(environment, starts, 1_000));

    assertThat(CountingPipeline.starts(starts)).containsExactly(0L);
  }

  @Test
  void shouldGoOnFromItsCheckpointAndAloneByName() throws Exception {
    Path starts = temporary.resolve("starts");
    RunningJob first = submit("a", starts);
    await().atMost(MINUTE).until(() -> CountingPipeline.starts(starts).size() == 1);
    first.awaitRunning(MINUTE);
    first.checkpoint();
    first.kill();
    assertThat(first.status()).isEqualTo(RunningJob.State.CANCELLED);

    RunningJob second = submit("a", starts);
    await().atMost(MINUTE).until(() -> CountingPipeline.starts(starts).size() == 2);
    second.awaitRunning(MINUTE); // only then it takes a last checkpoint
    second.cancel();
    RunningJob third = submit("a", starts);
    await().atMost(MINUTE).until(() -> CountingPipeline.starts(starts).size() == 3);
    third.kill();
    RunningJob other = submit("b", starts);
    await().atMost(MINUTE).until(() -> CountingPipeline.starts(starts).size() == 4);
    other.kill();

    List<Long> began = CountingPipeline.starts(starts);
    assertThat(began.subList(0, 3)).isSorted().doesNotHaveDuplicates().startsWith(0L);
    assertThat(began.get(3)).isZero();
  }

  private RunningJob submit(String name, Path starts) {
    return flink.submit(
        name, environment -> CountingPipeline.define(environment, starts, Long.MAX_VALUE));
  }

  @Test
  void shouldSayWhyAJobFailed() {
    RunningJob job = flink.submit("broken", EmbeddedFlinkIT::defineBroken);

    await().atMost(MINUTE).until(() -> job.status() == RunningJob.State.FAILED);
    assertThat(job.failure()).hasValueSatisfying(why -> assertThat(why).contains("broken on 3"));
    assertThatThrownBy(() -> flink.runBounded("broken", EmbeddedFlinkIT::defineBroken))
        .isInstanceOf(JobFailed.class)
        .hasMessageContaining("broken on 3");
  }

  private static void defineBroken(StreamExecutionEnvironment environment) {
    environment
        .fromSequence(1, 5)
        .uid("numbers")
        .map(new BreaksOnThree())
        .uid("breaks")
        .sinkTo(new DiscardingSink<>())
        .uid("nowhere");
  }

  private static final class BreaksOnThree implements MapFunction<Long, Long> {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public Long map(Long number) {
      if (number == 3) {
        throw new IllegalStateException("broken on 3");
      }
      return number;
    }
  }
}
