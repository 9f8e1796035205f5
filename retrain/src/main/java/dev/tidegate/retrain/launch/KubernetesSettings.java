package dev.tidegate.retrain.launch;

import java.time.Duration;

/**
 * How training runs on Kubernetes.
 *
 * @param namespace where Jobs are made
 * @param image container image that holds the trainer
 * @param serviceAccount account of the trainer's pods; it needs no rights
 * @param resources of a pod
 * @param deadline of a Job, all attempts together
 * @param backoffLimit further attempts after pods that were killed or lost
 * @param ttl how long a Job stays once its end is in the ledger
 * @param queue Kueue's local queue; empty for none
 * @param template PodTemplate of the namespace that says what pods are made of; empty for image,
 *     account and resources alone
 */
public record KubernetesSettings(
    String namespace,
    String image,
    String serviceAccount,
    Resources resources,
    Duration deadline,
    int backoffLimit,
    Duration ttl,
    String queue,
    String template) {
  /** Checks the ranges. */
  public KubernetesSettings {
    if (namespace.isBlank() || image.isBlank()) {
      throw new IllegalArgumentException("a training job needs a namespace and an image");
    }
    if (deadline.toSeconds() < 1 || backoffLimit < 0 || ttl.isNegative()) {
      throw new IllegalArgumentException(
          "a deadline must be at least 1 s, a backoff limit and a TTL not negative");
    }
  }

  /**
   * Requested, and the limit as well.
   *
   * @param cpu for example {@code 2}
   * @param memory for example {@code 4Gi}
   * @param gpus number of GPUs; 0 for none
   * @param gpuResource their name, for example {@code nvidia.com/gpu}
   */
  public record Resources(String cpu, String memory, int gpus, String gpuResource) {}
}
