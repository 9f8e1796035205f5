package dev.tidegate.retrain.launch;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
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
  private static final long USER = 10_001;

  /** Runs "$@" on the request; the last line it printed becomes the pod's termination message. */
  private static final String SCRIPT =
      """
      printf '%s' "$TIDEGATE_REQUEST" >/tmp/request.json
      { "$@"; echo "$?" >/tmp/exit; } | tee /tmp/out
      tail -n 1 /tmp/out | cut -c 1-4000 >/dev/termination-log
      exit "$(cat /tmp/exit)"
      """;

  private JobManifest() {}

  static Job of(JobOrder order, TrainerCommand command, KubernetesSettings settings) {
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
        .withTemplate(template(order, command, settings))
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

  private static PodTemplateSpec template(
      JobOrder order, TrainerCommand command, KubernetesSettings settings) {
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .addToLabels("app.kubernetes.io/name", "tidegate")
        .addToLabels(COMPONENT, TRAINER)
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withServiceAccountName(settings.serviceAccount())
        .withAutomountServiceAccountToken(false)
        .withNewSecurityContext()
        .withRunAsNonRoot(true)
        .withRunAsUser(USER)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .endSecurityContext()
        .withContainers(container(order, command, settings))
        .addNewVolume()
        .withName("scratch")
        .withNewEmptyDir()
        .endEmptyDir()
        .endVolume()
        .endSpec()
        .build();
  }

  private static Container container(
      JobOrder order, TrainerCommand command, KubernetesSettings settings) {
    Map<String, Quantity> resources = resources(settings.resources());
    return new ContainerBuilder()
        .withName(TRAINER)
        .withImage(settings.image())
        .withCommand("sh", "-c", SCRIPT, TRAINER)
        .withArgs(command.line("/tmp/request.json"))
        .addNewEnv()
        .withName("TIDEGATE_REQUEST")
        .withValue(order.requestJson())
        .endEnv()
        .withNewResources()
        .withRequests(resources)
        .withLimits(resources)
        .endResources()
        .withNewSecurityContext()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .endSecurityContext()
        .addNewVolumeMount()
        .withName("scratch")
        .withMountPath("/tmp")
        .endVolumeMount()
        .build();
  }

  private static Map<String, Quantity> resources(KubernetesSettings.Resources resources) {
    Map<String, Quantity> quantities = new HashMap<>();
    quantities.put("cpu", new Quantity(resources.cpu()));
    quantities.put("memory", new Quantity(resources.memory()));
    if (resources.gpus() > 0) {
      quantities.put(resources.gpuResource(), new Quantity(Integer.toString(resources.gpus())));
    }
    return quantities;
  }
}
