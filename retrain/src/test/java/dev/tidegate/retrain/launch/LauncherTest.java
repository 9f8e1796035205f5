package dev.tidegate.retrain.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.retrain.launch.JobReport.Phase;
import dev.tidegate.schemas.event.RetrainRequest;
import dev.tidegate.schemas.event.RetrainRun;
import dev.tidegate.schemas.event.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Launchers that are killed between their steps, over Jobs that outlive them. */
class LauncherTest {
  private static final Duration COOLDOWN = Duration.ofHours(1);

  private final MockCluster cluster = new MockCluster();
  private final MemoryLedger ledger = new MemoryLedger();
  private final RetrainRequest request = SampleRequests.drift("request-1", "card", 1_000_000);
  private final JobOrder order = JobOrder.of(request);

  @AfterEach
  void close() {
    cluster.close();
  }

  private Launcher launcher() {
    return launcher(ledger);
  }

  private Launcher launcher(RunLedger runs) {
    Launcher launcher =
        new Launcher(
            cluster.jobs(), runs, COOLDOWN, () -> Instant.ofEpochMilli(5), new LaunchMeter());
    launcher.resume();
    return launcher;
  }

  private List<RunState> states() {
    return ledger.written().stream().map(RetrainRun::getState).toList();
  }

  @Test
  void shouldWriteEachStateOnce() {
    Launcher launcher = launcher();
    launcher.take(request);
    launcher.watch();
    launcher.watch();
    cluster.begin(order.jobName());
    launcher.watch();
    launcher.watch();
    cluster.podEnded(order.jobName(), 1, 0, "release card-0002");
    cluster.end(order.jobName(), "Complete", "CompletionsReached");
    launcher.watch();
    launcher.watch();

    assertThat(states())
        .containsExactly(RunState.CREATED, RunState.CREATED, RunState.RUNNING, RunState.SUCCEEDED);
    RetrainRun last = ledger.of(order.runId());
    assertThat(last.getRelease()).isEqualTo("card-0002");
    assertThat(last.getJobName()).isEqualTo(order.jobName());
    assertThat(last.getFingerprint()).isEqualTo(order.fingerprint());
    assertThat(last.getModel()).isEqualTo("card");
  }

  @Test
  void shouldFindTheJobIfKilledBeforeTheLedger() {
    cluster.jobs().create(order); // and then the launcher was killed
    launcher().take(request);

    assertThat(cluster.all()).hasSize(1);
    assertThat(states()).containsExactly(RunState.CREATED);
  }

  @Test
  void shouldDoNothingIfKilledBeforeTheCommit() {
    launcher().take(request); // and then the launcher was killed
    launcher().take(request);

    assertThat(cluster.all()).hasSize(1);
    assertThat(states()).containsExactly(RunState.CREATED);
  }

  @Test
  void shouldMakeNoSecondJobOnceTheFirstWasTidiedAway() {
    Launcher launcher = launcher();
    launcher.take(request);
    cluster.podEnded(order.jobName(), 1, 1, "no labels");
    cluster.end(order.jobName(), "Failed", "PodFailurePolicy");
    launcher.watch();
    assertThat(cluster.job(order.jobName()).getSpec().getTtlSecondsAfterFinished())
        .isEqualTo(86_400);
    cluster.delete(order.jobName()); // as the TTL does

    launcher().take(request);

    assertThat(cluster.all()).isEmpty();
    assertThat(states()).containsExactly(RunState.CREATED, RunState.FAILED);
    assertThat(ledger.of(order.runId()).getDetail()).contains("code 1: no labels");
  }

  @Test
  void shouldKeepAJobUntilItsEndStandsInTheLedger() {
    launcher().take(request);
    cluster.end(order.jobName(), "Failed", "DeadlineExceeded");
    assertThat(cluster.job(order.jobName()).getSpec().getTtlSecondsAfterFinished()).isNull();
    ledger.write(RetrainRun.newBuilder(ledger.of(order.runId())).setState(RunState.FAILED).build());
    // Killed here, before the Job was settled.

    launcher();

    assertThat(cluster.job(order.jobName()).getSpec().getTtlSecondsAfterFinished())
        .isEqualTo(86_400);
  }

  @Test
  void shouldRunOnceACooldownHoweverManyAsk() {
    Launcher launcher = launcher();
    for (int i = 0; i < 1_000; i++) {
      launcher.take(SampleRequests.drift("storm-" + i, "card", 1_000_000 + i));
    }

    assertThat(cluster.all()).hasSize(1);
    assertThat(states().stream().filter(state -> state == RunState.REFUSED)).hasSize(999);
    assertThat(ledger.all().get(999).getDetail()).contains("not over yet");
  }

  @Test
  void shouldCoolDownByModelAndLetPeopleThrough() {
    Launcher launcher = launcher();
    launcher.take(request);
    cluster.end(order.jobName(), "Failed", "DeadlineExceeded");
    launcher.watch();
    long later = 1_000_000 + COOLDOWN.toMillis();
    launcher.take(SampleRequests.drift("too-early", "card", later - 1));
    launcher.take(SampleRequests.drift("other-model", "wire", later - 1));
    launcher.take(SampleRequests.person("a-person", "card", later - 1));
    assertThat(ledger.of(JobOrder.of(SampleRequests.drift("too-early", "card", 1)).runId()))
        .satisfies(run -> assertThat(run.getState()).isEqualTo(RunState.REFUSED))
        .satisfies(run -> assertThat(run.getDetail()).contains("within the cooldown of PT1H"));
    assertThat(cluster.all()).hasSize(3);
  }

  @Test
  void shouldFailARunWhoseNameIsTaken() {
    cluster
        .jobs()
        .create(new JobOrder(order.runId(), order.jobName(), "f00", request, "something else"));
    launcher().take(request);

    assertThat(states()).containsExactly(RunState.FAILED);
    assertThat(ledger.of(order.runId()).getDetail()).contains("made for something else");
  }

  @Test
  void shouldFailARunWhoseJobWasDeleted() {
    Launcher launcher = launcher();
    launcher.take(request);
    cluster.delete(order.jobName());
    launcher.watch();

    assertThat(states()).containsExactly(RunState.CREATED, RunState.FAILED);
  }

  @Test
  void shouldSayWhatPhasesAreOver() {
    assertThat(Phase.values())
        .filteredOn(Phase::over)
        .containsExactly(Phase.SUCCEEDED, Phase.REFUSED, Phase.FAILED, Phase.GONE);
  }
}
