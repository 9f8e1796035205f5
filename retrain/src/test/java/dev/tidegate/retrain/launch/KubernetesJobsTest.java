package dev.tidegate.retrain.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.retrain.launch.JobReport.Phase;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplate;
import io.fabric8.kubernetes.api.model.PodTemplateBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Jobs at an API server that keeps objects as a real one does. */
class KubernetesJobsTest {
  private final MockCluster cluster = new MockCluster();
  private final KubernetesJobs jobs = cluster.jobs();
  private final JobOrder order = JobOrder.of(SampleRequests.drift("request-1", "card", 1_000));

  @AfterEach
  void close() {
    jobs.close();
    cluster.close();
  }

  @Test
  void shouldMakeAJobWithLimits() {
    jobs.create(order);

    Job job = cluster.job(order.jobName());
    JobSpec spec = job.getSpec();
    assertThat(spec.getActiveDeadlineSeconds()).isEqualTo(7_200);
    assertThat(spec.getBackoffLimit()).isEqualTo(2);
    assertThat(spec.getPodReplacementPolicy()).isEqualTo("Failed");
    assertThat(spec.getTtlSecondsAfterFinished()).isNull();
    assertThat(spec.getPodFailurePolicy().getRules()).hasSize(2);
    assertThat(spec.getTemplate().getSpec().getRestartPolicy()).isEqualTo("Never");
    assertThat(spec.getTemplate().getSpec().getAutomountServiceAccountToken()).isFalse();
    assertThat(job.getMetadata().getLabels())
        .containsEntry("kueue.x-k8s.io/queue-name", "training");
    assertThat(job.getMetadata().getAnnotations())
        .containsEntry("tidegate.dev/fingerprint", order.fingerprint())
        .containsEntry("tidegate.dev/request-id", "request-1");
    Container trainer = spec.getTemplate().getSpec().getContainers().get(0);
    assertThat(trainer.getArgs())
        .containsSubsequence("tidegate", "retrain", "run", "--request", "--out", "--registry");
    assertThat(trainer.getEnv().get(0).getValue()).isEqualTo(order.requestJson());
    assertThat(trainer.getResources().getLimits().get("memory").toString()).isEqualTo("4Gi");
    assertThat(trainer.getResources().getLimits().get("nvidia.com/gpu").toString()).isEqualTo("1");
  }

  @Test
  void shouldMakePodsByTheClustersTemplate() {
    cluster.add(template("trainer"));
    try (KubernetesJobs templated = cluster.jobs("training")) {
      templated.create(order);
    }

    PodTemplateSpec pod = cluster.job(order.jobName()).getSpec().getTemplate();
    assertThat(pod.getMetadata().getLabels())
        .containsEntry("team", "risk")
        .containsEntry("app.kubernetes.io/component", "trainer");
    assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("no-rights");
    assertThat(pod.getSpec().getRestartPolicy()).isEqualTo("Never");
    Container trainer = pod.getSpec().getContainers().get(1);
    assertThat(trainer.getImage()).isEqualTo("own/image:7");
    assertThat(trainer.getArgs()).containsSubsequence("retrain", "run", "--out");
    assertThat(trainer.getEnv())
        .extracting(EnvVar::getName)
        .containsExactly("TIDEGATE_KAFKA_PROPERTIES", "TIDEGATE_REQUEST");
    assertThat(pod.getSpec().getContainers().get(0).getArgs()).isEmpty();
  }

  @Test
  void shouldWaitUntilTheTemplateIsThereAndHoldsATrainer() {
    try (KubernetesJobs templated = cluster.jobs("training")) {
      assertThatThrownBy(() -> templated.create(order))
          .isInstanceOf(JobsUnavailable.class)
          .hasMessageContaining("PodTemplate training: it is not in namespace bank");
      cluster.add(template("teacher"));
      assertThatThrownBy(() -> templated.create(order))
          .isInstanceOf(JobsUnavailable.class)
          .hasMessageContaining("no container named trainer");
    }
    assertThat(cluster.all()).isEmpty();
  }

  private static PodTemplate template(String container) {
    return new PodTemplateBuilder()
        .withNewMetadata()
        .withName("training")
        .endMetadata()
        .withNewTemplate()
        .withNewMetadata()
        .addToLabels("team", "risk")
        .endMetadata()
        .withNewSpec()
        .withServiceAccountName("no-rights")
        .addNewContainer()
        .withName("proxy")
        .withImage("own/proxy:1")
        .endContainer()
        .addNewContainer()
        .withName(container)
        .withImage("own/image:7")
        .addNewEnv()
        .withName("TIDEGATE_KAFKA_PROPERTIES")
        .withValue("/etc/kafka.properties")
        .endEnv()
        .endContainer()
        .endSpec()
        .endTemplate()
        .build();
  }

  @Test
  void shouldFindTheJobThatIsThere() {
    jobs.create(order);
    jobs.create(order);

    assertThat(cluster.all()).hasSize(1);
  }

  @Test
  void shouldRefuseAJobOfThatNameThatIsNotItsOwn() {
    jobs.create(order);
    JobOrder forged =
        new JobOrder(order.runId(), order.jobName(), "f00", order.request(), order.requestJson());

    assertThatThrownBy(() -> jobs.create(forged))
        .isInstanceOf(JobRefused.class)
        .hasMessageContaining("made for something else");
  }

  @Test
  void shouldSayWhyNoPodComes() {
    jobs.create(order);
    assertThat(jobs.report(order.jobName()))
        .isEqualTo(JobReport.of(Phase.WAITING, "Job " + order.jobName() + " waits for its pod"));
    cluster.failedCreate(order.jobName(), "exceeded quota: gpus");

    assertThat(jobs.report(order.jobName()).detail()).contains("gets no pod: exceeded quota");
  }

  @Test
  void shouldTellARelease() {
    jobs.create(order);
    cluster.begin(order.jobName());
    assertThat(jobs.report(order.jobName()).phase()).isEqualTo(Phase.RUNNING);
    cluster.podEnded(order.jobName(), 1, 137, "");
    cluster.podEnded(order.jobName(), 2, 0, "release card-0002");
    cluster.end(order.jobName(), "Complete", "CompletionsReached");

    assertThat(jobs.report(order.jobName()))
        .isEqualTo(new JobReport(Phase.SUCCEEDED, "made release card-0002", "card-0002"));
  }

  @Test
  void shouldTellARefusalWithItsFigures() {
    jobs.create(order);
    cluster.podEnded(order.jobName(), 1, 3, "refused: PR-AUC 0.41 against 0.52");
    cluster.end(order.jobName(), "Failed", "PodFailurePolicy");

    assertThat(jobs.report(order.jobName()))
        .isEqualTo(JobReport.of(Phase.REFUSED, "refused: PR-AUC 0.41 against 0.52"));
  }

  @Test
  void shouldTellADeadline() {
    jobs.create(order);
    cluster.end(order.jobName(), "Failed", "DeadlineExceeded");

    assertThat(jobs.report(order.jobName()))
        .isEqualTo(JobReport.of(Phase.FAILED, "the Job failed: DeadlineExceeded"));
  }

  @Test
  void shouldTellAJobThatIsGone() {
    assertThat(jobs.report(order.jobName()).phase()).isEqualTo(Phase.GONE);
  }

  @Test
  void shouldGiveAJobItsTtlOnceItIsSettled() {
    jobs.create(order);
    assertThat(jobs.unsettled()).containsExactly(order.jobName());

    jobs.settle(order.jobName());

    assertThat(cluster.job(order.jobName()).getSpec().getTtlSecondsAfterFinished())
        .isEqualTo(86_400);
    assertThat(jobs.unsettled()).isEmpty();
    jobs.settle("tidegate-train-that-is-gone");
  }

  @Test
  void shouldAskAgainLaterIfNobodyAnswers() {
    KubernetesJobs nowhere =
        new KubernetesJobs(
            MockCluster.client("http://127.0.0.1:1/"), MockCluster.COMMAND, MockCluster.settings());

    assertThatThrownBy(() -> nowhere.create(order)).isInstanceOf(JobsUnavailable.class);
    assertThatThrownBy(() -> nowhere.report(order.jobName())).isInstanceOf(JobsUnavailable.class);
    nowhere.close();
  }

  @Test
  void shouldNameJobsByTheRequestAlone() {
    JobOrder again = JobOrder.of(SampleRequests.drift("request-1", "card", 1_000));
    JobOrder other = JobOrder.of(SampleRequests.drift("request-2", "card", 1_000));

    assertThat(again.jobName()).isEqualTo(order.jobName());
    assertThat(again.fingerprint()).isEqualTo(order.fingerprint());
    assertThat(other.jobName()).isNotEqualTo(order.jobName());
    assertThat(order.jobName()).matches("[a-z][a-z0-9-]{1,62}");
    assertThat(Map.of(order.fingerprint(), 1)).doesNotContainKey(other.fingerprint());
  }
}
