package dev.tidegate.retrain.launch;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The pod of a training job. What it runs follows from the order; what it is made of, from settings
 * or from a template of the cluster, which may bring certificates, volumes and places.
 */
final class JobPod {
  private static final long USER = 10_001;

  /** Runs "$@" on the request; the last line it printed becomes the pod's termination message. */
  private static final String SCRIPT =
      """
      printf '%s' "$TIDEGATE_REQUEST" >/tmp/request.json
      { "$@"; echo "$?" >/tmp/exit; } | tee /tmp/out
      tail -n 1 /tmp/out | cut -c 1-4000 >/dev/termination-log
      exit "$(cat /tmp/exit)"
      """;

  private JobPod() {}

  /**
   * A pod by a template: its container {@code trainer} is told what to run, all else stays. It has
   * to give that container a {@code /tmp} that can be written.
   *
   * @throws IllegalArgumentException if the template has no such container
   */
  static PodTemplateSpec of(PodTemplateSpec template, JobOrder order, TrainerCommand command) {
    List<Container> containers = new ArrayList<>(template.getSpec().getContainers());
    if (containers.stream().noneMatch(JobPod::trains)) {
      throw new IllegalArgumentException("it has no container named " + JobManifest.TRAINER);
    }
    containers.replaceAll(
        found -> trains(found) ? told(new ContainerBuilder(found), order, command) : found);
    return new PodTemplateSpecBuilder(template)
        .editOrNewMetadata()
        .addToLabels(JobManifest.COMPONENT, JobManifest.TRAINER)
        .endMetadata()
        .editSpec()
        .withRestartPolicy("Never")
        .withContainers(containers)
        .endSpec()
        .build();
  }

  private static boolean trains(Container container) {
    return JobManifest.TRAINER.equals(container.getName());
  }

  private static Container told(
      ContainerBuilder container, JobOrder order, TrainerCommand command) {
    return container
        .withCommand("sh", "-c", SCRIPT, JobManifest.TRAINER)
        .withArgs(command.line("/tmp/request.json"))
        .addNewEnv()
        .withName("TIDEGATE_REQUEST")
        .withValue(order.requestJson())
        .endEnv()
        .build();
  }

  /** A pod of image, account and resources alone, with a scratch volume. */
  static PodTemplateSpec of(KubernetesSettings settings, JobOrder order, TrainerCommand command) {
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .addToLabels("app.kubernetes.io/name", "tidegate")
        .addToLabels(JobManifest.COMPONENT, JobManifest.TRAINER)
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
        .withContainers(told(container(settings), order, command))
        .addNewVolume()
        .withName("scratch")
        .withNewEmptyDir()
        .endEmptyDir()
        .endVolume()
        .endSpec()
        .build();
  }

  private static ContainerBuilder container(KubernetesSettings settings) {
    Map<String, Quantity> resources = resources(settings.resources());
    return new ContainerBuilder()
        .withName(JobManifest.TRAINER)
        .withImage(settings.image())
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
        .endVolumeMount();
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
