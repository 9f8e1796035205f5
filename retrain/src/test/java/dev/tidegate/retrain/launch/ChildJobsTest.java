package dev.tidegate.retrain.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidegate.retrain.launch.JobReport.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes: a shell script stands for the trainer. */
class ChildJobsTest {
  private final JobOrder order = JobOrder.of(SampleRequests.drift("request-1", "card", 1_000));
  @TempDir private Path folder;
  private ChildJobs jobs;

  @AfterEach
  void close() {
    if (jobs != null) {
      jobs.close();
    }
  }

  private ChildJobs jobs(Duration deadline, String... script) throws IOException {
    Path file = folder.resolve("trainer.sh");
    Files.write(file, List.of(script));
    jobs =
        new ChildJobs(
            folder.resolve("jobs"),
            new TrainerCommand(
                List.of("sh", file.toString()), "out", "kafka", "registry", List.of()),
            new ChildLimits(deadline, 1));
    return jobs;
  }

  private JobReport end(String name) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> jobs.report(name), report -> report.phase().over());
  }

  @Test
  void shouldTellTheReleaseOfATrainerThatEndsWell() throws IOException {
    jobs(Duration.ofMinutes(1), "echo reading", "cat \"$4\" >&2", "echo release card-0002");
    jobs.create(order);

    assertThat(jobs.report(order.jobName()).phase()).isEqualTo(Phase.RUNNING);
    assertThat(end(order.jobName()))
        .isEqualTo(new JobReport(Phase.SUCCEEDED, "made release card-0002", "card-0002"));
    assertThat(folder.resolve("jobs").resolve(order.jobName()).resolve("err.log"))
        .hasContent(order.requestJson());
  }

  @Test
  void shouldTellARefusalAndAFailure() throws IOException {
    jobs(Duration.ofMinutes(1), "echo 'refused: recall 0.4 against 0.5'", "exit 3");
    jobs.create(order);
    assertThat(end(order.jobName()))
        .isEqualTo(JobReport.of(Phase.REFUSED, "refused: recall 0.4 against 0.5"));

    jobs(Duration.ofMinutes(1), "echo 'no labels' >&2", "exit 1");
    JobOrder other = JobOrder.of(SampleRequests.drift("request-2", "card", 1_000));
    jobs.create(other);
    assertThat(end(other.jobName()))
        .isEqualTo(JobReport.of(Phase.FAILED, "the trainer ended with code 1: no labels"));
  }

  @Test
  void shouldShowTheTrainersLastLineWhileItRuns() throws IOException {
    jobs(Duration.ofMinutes(1), "echo '40 of 200 rounds'", "read line <&0", "exec sleep 60");
    jobs.create(order);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> jobs.report(order.jobName()).detail().equals("40 of 200 rounds"));
  }

  @Test
  void shouldRunOneAtATime() throws IOException {
    jobs(Duration.ofMinutes(1), "exec sleep 60");
    JobOrder other = JobOrder.of(SampleRequests.drift("request-2", "card", 1_000));
    jobs.create(order);
    jobs.create(other);

    assertThat(jobs.report(order.jobName()).phase()).isEqualTo(Phase.RUNNING);
    assertThat(jobs.report(other.jobName()))
        .isEqualTo(JobReport.of(Phase.WAITING, "waits for " + order.jobName()));
  }

  @Test
  void shouldStopATrainerAfterItsDeadline() throws IOException {
    jobs(Duration.ofMillis(200), "exec sleep 60");
    jobs.create(order);

    assertThat(end(order.jobName()).detail()).isEqualTo("stopped after its deadline of PT0.2S");
    assertThat(jobs.report(order.jobName()).phase()).isEqualTo(Phase.FAILED);
  }

  @Test
  void shouldStartAJobAgainWhoseLauncherWentAndGiveUpAfterItsRetries() throws IOException {
    jobs(Duration.ofMinutes(1), "echo $$", "exec sleep 60");
    for (int attempt = 1; attempt <= 2; attempt++) {
      jobs.create(order);
      assertThat(jobs.report(order.jobName()).detail()).isEqualTo("trains, attempt " + attempt);
      long pid = pid();
      jobs.close();
      assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
      jobs(Duration.ofMinutes(1), "echo $$", "exec sleep 60");
    }

    assertThat(jobs.report(order.jobName()))
        .isEqualTo(JobReport.of(Phase.FAILED, "given up after 2 attempts that were cut short"));
  }

  @Test
  void shouldTryAgainIfTheTrainerWasKilled() throws IOException {
    jobs(
        Duration.ofMinutes(1),
        "[ -f " + folder.resolve("second") + " ] && echo release card-0002 && exit 0",
        ": >" + folder.resolve("second"),
        "kill -KILL $$");
    jobs.create(order);

    assertThat(end(order.jobName()).release()).isEqualTo("card-0002");
  }

  @Test
  void shouldRefuseAFolderThatIsNotItsOwn() throws IOException {
    jobs(Duration.ofMinutes(1), "true");
    jobs.create(order);
    jobs.create(order);
    JobOrder forged =
        new JobOrder(order.runId(), order.jobName(), "f00", order.request(), order.requestJson());

    assertThatThrownBy(() -> jobs.create(forged)).isInstanceOf(JobRefused.class);
    assertThat(jobs.report("tidegate-train-none").phase()).isEqualTo(Phase.GONE);
  }

  private long pid() throws IOException {
    Path process = folder.resolve("jobs").resolve(order.jobName()).resolve("process");
    return Long.parseLong(Files.readString(process).split(" ")[0]);
  }
}
