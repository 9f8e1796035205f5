package dev.tidegate.retrain.launch;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicy;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@code batch/v1} Job of an order. A pod that is lost or killed is replaced, within the
 * backoff limit, and only once it is gone: two trainers never write one release. One that ends by
 * itself is not tried again: the same request gives the same end. The Job has no TTL: it gets one
 * when its end is in the ledger.
 */
final class JobManifest {
  static final String FINGERPRINT = "tidegate.dev/fingerprint";
  static final String REQUEST = "tidegate.dev/request-id";
  static final String COMPONENT = "app.kubernetes.io/component";
  static final String TRAINER = "trainer";
  private static final String QUEUE = "kueue.x-k8s.io/queue-name";
  private static final List<Integer> VERDICTS = List.of(1, 2, 3);

  private JobManifest() {}

  static Job of(JobOrder order, PodTemplateSpec pod, KubernetesSettings settings) {
    Map<String, String> labels = new HashMap<>();
    labels.put("app.kubernetes.io/name", "tidegate");
    labels.put(COMPONENT, TRAINER);
    if (!settings.queue().isEmpty()) {
      labels.put(QUEUE, settings.queue());
    }
    return new JobBuilder()
        .withNewMetadata()
        .withName(order.jobName())
        .withNamespace(settings.namespace())
        .withLabels(labels)
        .addToAnnotations(FINGERPRINT, order.fingerprint())
        .addToAnnotations(REQUEST, order.request().getRequestId())
        .endMetadata()
        .withNewSpec()
        .withParallelism(1)
        .withCompletions(1)
        .withBackoffLimit(settings.backoffLimit())
        .withActiveDeadlineSeconds(settings.deadline().toSeconds())
        .withPodReplacementPolicy("Failed")
        .withPodFailurePolicy(failures())
        .withTemplate(pod)
        .endSpec()
        .build();
  }

  private static PodFailurePolicy failures() {
    return new PodFailurePolicyBuilder()
        .addNewRule()
        .withAction("FailJob")
        .withNewOnExitCodes()
        .withOperator("In")
        .withValues(VERDICTS)
        .endOnExitCodes()
        .endRule()
        .addNewRule()
        .withAction("Ignore")
        .addNewOnPodCondition()
        .withType("DisruptionTarget")
        .withStatus("True")
        .endOnPodCondition()
        .endRule()
        .build();
  }
}
