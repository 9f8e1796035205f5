package dev.tidegate.retrain.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.retrain.launch.JobReport.Phase;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Jobs at the API server that the environment variable TIDEGATE_KUBE_API names, if it does. */
class KubernetesApiIT {
  @Test
  void shouldMakeFindRefuseAndSettleJobs() {
    String url = System.getenv("TIDEGATE_KUBE_API");
    if (url == null || url.isBlank()) {
      System.out.println("skipped: TIDEGATE_KUBE_API names no API server");
      return;
    }
    KubernetesClient admin = MockCluster.client(url);
    admin
        .namespaces()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(MockCluster.NAMESPACE)
                .endMetadata()
                .build())
        .createOr(NonDeletingOperation::update);
    JobOrder order = JobOrder.of(SampleRequests.drift("request-api", "card", 1_000));
    try (KubernetesJobs jobs =
        new KubernetesJobs(admin, MockCluster.COMMAND, MockCluster.settings())) {
      jobs.create(order);
      jobs.create(order);
      assertThat(jobs.unsettled()).contains(order.jobName());
      assertThat(jobs.report(order.jobName()).phase()).isIn(Phase.WAITING, Phase.RUNNING);
      JobOrder forged =
          new JobOrder(order.runId(), order.jobName(), "f00", order.request(), order.requestJson());
      assertThatThrownBy(() -> jobs.create(forged)).isInstanceOf(JobRefused.class);
      jobs.settle(order.jobName());
      assertThat(jobs.unsettled()).doesNotContain(order.jobName());
      admin
          .batch()
          .v1()
          .jobs()
          .inNamespace(MockCluster.NAMESPACE)
          .withName(order.jobName())
          .withTimeout(Duration.ofSeconds(30).toSeconds(), TimeUnit.SECONDS)
          .delete();
    }
  }
}
