package dev.tidegate.retrain.launch;

import dev.tidegate.retrain.launch.JobReport.Phase;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplate;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ScalableResource;
import java.net.HttpURLConnection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Training jobs as {@code batch/v1} Jobs of a cluster. Each question asks the API server anew, so
 * nothing that happened while nobody watched is missed: one small request an open run and look. A
 * job that waits is explained by its suspension or by its newest {@code FailedCreate} event.
 */
public final class KubernetesJobs implements TrainingJobs {
  private static final int UNPROCESSABLE = 422;
  private static final String JOB_OF_POD = "job-name";

  private final KubernetesClient client;
  private final TrainerCommand command;
  private final KubernetesSettings settings;

  /** Jobs by a client, which is closed with them. */
  public KubernetesJobs(
      KubernetesClient client, TrainerCommand command, KubernetesSettings settings) {
    this.client = client;
    this.command = command;
    this.settings = settings;
  }

  /** Jobs of the cluster that kubectl would use, or that this process runs in. */
  public static KubernetesJobs connect(TrainerCommand command, KubernetesSettings settings) {
    return new KubernetesJobs(new KubernetesClientBuilder().build(), command, settings);
  }

  /** Creates; an answer 409 means that there is one, and its fingerprint says whose. */
  @Override
  public void create(JobOrder order) {
    Job job = JobManifest.of(order, pod(order), settings);
    try {
      client.batch().v1().jobs().inNamespace(settings.namespace()).resource(job).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        requireOurs(order);
      } else if (e.getCode() == HttpURLConnection.HTTP_BAD_REQUEST
          || e.getCode() == UNPROCESSABLE) {
        throw new JobRefused("the API server refuses the Job: " + e.getMessage());
      } else {
        throw new JobsUnavailable("the API server did not take the Job", e);
      }
    }
  }

  /** By the cluster's template if one is named, as it stands now. */
  private PodTemplateSpec pod(JobOrder order) {
    String name = settings.template();
    if (name.isEmpty()) {
      return JobPod.of(settings, order, command);
    }
    PodTemplate found =
        ask(
            () ->
                client
                    .resources(PodTemplate.class)
                    .inNamespace(settings.namespace())
                    .withName(name)
                    .get());
    try {
      if (found == null) {
        throw new IllegalArgumentException("it is not in namespace " + settings.namespace());
      }
      return JobPod.of(found.getTemplate(), order, command);
    } catch (IllegalArgumentException e) {
      // People mend it; the request waits.
      throw new JobsUnavailable("PodTemplate " + name + ": " + e.getMessage(), e);
    }
  }

  private void requireOurs(JobOrder order) {
    Job found = ask(() -> job(order.jobName()).get());
    if (found == null) {
      throw new JobsUnavailable(
          "Job " + order.jobName() + " went away while it was looked at",
          new IllegalStateException("409, then 404"));
    }
    String fingerprint = found.getMetadata().getAnnotations().get(JobManifest.FINGERPRINT);
    if (!order.fingerprint().equals(fingerprint)) {
      throw new JobRefused(
          "there is a Job "
              + order.jobName()
              + " that was made for something else: its "
              + JobManifest.FINGERPRINT
              + " is "
              + fingerprint);
    }
  }

  @Override
  public JobReport report(String jobName) {
    Job found = ask(() -> job(jobName).get());
    if (found == null) {
      return JobReport.of(Phase.GONE, "Job " + jobName + " was deleted before it had ended");
    }
    JobCondition end = end(found);
    if (end != null) {
      return ended(found, end);
    }
    JobStatus status = found.getStatus();
    if (status != null && status.getActive() != null && status.getActive() > 0) {
      return JobReport.of(Phase.RUNNING, "trains in Job " + jobName);
    }
    return JobReport.of(Phase.WAITING, waiting(found));
  }

  private static @Nullable JobCondition end(Job job) {
    if (job.getStatus() == null) {
      return null;
    }
    return job.getStatus().getConditions().stream()
        .filter(condition -> "True".equals(condition.getStatus()))
        .filter(
            condition ->
                "Complete".equals(condition.getType()) || "Failed".equals(condition.getType()))
        .findFirst()
        .orElse(null);
  }

  /** The trainer's own word if a pod holds it; else the Job's. */
  private JobReport ended(Job job, JobCondition end) {
    ContainerStateTerminated last = lastEnd(job.getMetadata().getName());
    boolean complete = "Complete".equals(end.getType());
    if (last != null && complete == (last.getExitCode() == 0)) {
      return JobReport.ofExit(last.getExitCode(), Objects.toString(last.getMessage(), ""));
    }
    String reason = Objects.toString(end.getReason(), "no reason given");
    String message = Objects.toString(end.getMessage(), "");
    return JobReport.of(
        Phase.FAILED,
        complete
            ? "the Job is complete, but no pod says which release it made"
            : "the Job failed: " + reason + (message.isEmpty() ? "" : ", " + message));
  }

  private @Nullable ContainerStateTerminated lastEnd(String jobName) {
    List<Pod> pods =
        ask(
            () ->
                client
                    .pods()
                    .inNamespace(settings.namespace())
                    .withLabel(JOB_OF_POD, jobName)
                    .list()
                    .getItems());
    return pods.stream()
        .filter(pod -> pod.getStatus() != null)
        .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
        .filter(status -> JobManifest.TRAINER.equals(status.getName()))
        .map(status -> status.getState().getTerminated())
        .filter(Objects::nonNull)
        .max(Comparator.comparing(ended -> Objects.toString(ended.getFinishedAt(), "")))
        .orElse(null);
  }

  private String waiting(Job job) {
    String name = job.getMetadata().getName();
    if (Boolean.TRUE.equals(job.getSpec().getSuspend())) {
      return settings.queue().isEmpty()
          ? "Job " + name + " is suspended"
          : "Job " + name + " waits in queue " + settings.queue();
    }
    Event failed = failedCreate(name);
    return failed == null
        ? "Job " + name + " waits for its pod"
        : "Job " + name + " gets no pod: " + failed.getMessage();
  }

  /** The newest event that says why the Job's pod cannot be made, as for want of a quota. */
  private @Nullable Event failedCreate(String jobName) {
    List<Event> events =
        ask(() -> client.v1().events().inNamespace(settings.namespace()).list().getItems());
    return events.stream()
        .filter(event -> "FailedCreate".equals(event.getReason()))
        .filter(event -> jobName.equals(event.getInvolvedObject().getName()))
        .max(Comparator.comparing(event -> Objects.toString(event.getLastTimestamp(), "")))
        .orElse(null);
  }

  /** From now on the cluster may remove the Job once its TTL is over. */
  @Override
  public void settle(String jobName) {
    ask(
        () -> {
          if (job(jobName).get() != null) {
            job(jobName)
                .edit(
                    found ->
                        new JobBuilder(found)
                            .editSpec()
                            .withTtlSecondsAfterFinished((int) settings.ttl().toSeconds())
                            .endSpec()
                            .build());
          }
          return jobName;
        });
  }

  @Override
  public List<String> unsettled() {
    return ask(
        () ->
            client
                .batch()
                .v1()
                .jobs()
                .inNamespace(settings.namespace())
                .withLabel(JobManifest.COMPONENT, JobManifest.TRAINER)
                .list()
                .getItems()
                .stream()
                .filter(job -> job.getSpec().getTtlSecondsAfterFinished() == null)
                .map(job -> job.getMetadata().getName())
                .toList());
  }

  private ScalableResource<Job> job(String name) {
    return client.batch().v1().jobs().inNamespace(settings.namespace()).withName(name);
  }

  private static <T extends @Nullable Object> T ask(Supplier<T> question) {
    try {
      return question.get();
    } catch (KubernetesClientException e) {
      throw new JobsUnavailable("the API server does not answer", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
