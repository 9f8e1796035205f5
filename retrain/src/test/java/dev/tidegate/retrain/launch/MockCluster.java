package dev.tidegate.retrain.launch;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplate;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** An API server that keeps objects, without controllers: the test plays the Job controller. */
final class MockCluster implements AutoCloseable {
  static final String NAMESPACE = "bank";
  static final TrainerCommand COMMAND =
      new TrainerCommand(
          List.of("tidegate"),
          "s3://models/releases",
          "kafka:9092",
          "http://registry/v7",
          List.of("--label-delay", "7d"));

  /** It tells of each request; held here so that the level stays. */
  private static final Logger CHATTER = Logger.getLogger("io.fabric8.mockwebserver");

  static {
    CHATTER.setLevel(Level.WARNING);
  }

  private final KubernetesMockServer server;
  private final KubernetesClient client;

  MockCluster() {
    server =
        new KubernetesMockServer(
            new Context(),
            new MockWebServer(),
            new HashMap<>(),
            new KubernetesCrudDispatcher(List.of()),
            false);
    server.init();
    client = client(url());
  }

  static KubernetesClient client(String url) {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder()
                .withAutoConfigure(false)
                .withMasterUrl(url)
                .withNamespace(NAMESPACE)
                .withRequestRetryBackoffLimit(0)
                .build())
        .build();
  }

  static KubernetesSettings settings() {
    return settings("");
  }

  static KubernetesSettings settings(String template) {
    return new KubernetesSettings(
        NAMESPACE,
        "registry.example/tidegate:1",
        "tidegate-trainer",
        new KubernetesSettings.Resources("2", "4Gi", 1, "nvidia.com/gpu"),
        Duration.ofHours(2),
        2,
        Duration.ofDays(1),
        "training",
        template);
  }

  String url() {
    return server.url("/");
  }

  KubernetesJobs jobs() {
    return new KubernetesJobs(client(url()), COMMAND, settings());
  }

  /** Jobs whose pods are made by a template. */
  KubernetesJobs jobs(String template) {
    return new KubernetesJobs(client(url()), COMMAND, settings(template));
  }

  void add(PodTemplate template) {
    client.resource(template).inNamespace(NAMESPACE).create();
  }

  KubernetesClient client() {
    return client;
  }

  List<Job> all() {
    return client.batch().v1().jobs().inNamespace(NAMESPACE).list().getItems();
  }

  Job job(String name) {
    return client.batch().v1().jobs().inNamespace(NAMESPACE).withName(name).get();
  }

  void delete(String name) {
    client.batch().v1().jobs().inNamespace(NAMESPACE).withName(name).delete();
  }

  /** The controller has made a pod. */
  void begin(String name) {
    edit(name, job -> job.editOrNewStatus().withActive(1).endStatus());
  }

  /** The controller says that the Job has ended, {@code Complete} or {@code Failed}. */
  void end(String name, String type, String reason) {
    edit(
        name,
        job ->
            job.editOrNewStatus()
                .withActive(0)
                .addNewCondition()
                .withType(type)
                .withStatus("True")
                .withReason(reason)
                .endCondition()
                .endStatus());
  }

  private interface Change {
    JobBuilder of(JobBuilder job);
  }

  private void edit(String name, Change change) {
    Job changed = change.of(new JobBuilder(job(name))).build();
    client.batch().v1().jobs().inNamespace(NAMESPACE).resource(changed).updateStatus();
  }

  /** A pod of the Job has ended with that code, and its last line was that. */
  void podEnded(String name, int pod, int code, String line) {
    client
        .pods()
        .inNamespace(NAMESPACE)
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName(name + "-" + pod)
                .addToLabels("job-name", name)
                .endMetadata()
                .withNewStatus()
                .withContainerStatuses(
                    new ContainerStatusBuilder()
                        .withName("trainer")
                        .withNewState()
                        .withNewTerminated()
                        .withExitCode(code)
                        .withMessage(line + "\n")
                        .withFinishedAt("2026-01-01T00:00:0" + pod + "Z")
                        .endTerminated()
                        .endState()
                        .build())
                .endStatus()
                .build())
        .create();
  }

  void failedCreate(String name, String message) {
    client
        .v1()
        .events()
        .inNamespace(NAMESPACE)
        .resource(
            new EventBuilder()
                .withNewMetadata()
                .withName(name + ".1")
                .endMetadata()
                .withReason("FailedCreate")
                .withMessage(message)
                .withLastTimestamp("2026-01-01T00:00:00Z")
                .withNewInvolvedObject()
                .withKind("Job")
                .withName(name)
                .endInvolvedObject()
                .build())
        .create();
  }

  @Override
  public void close() {
    client.close();
    server.destroy();
  }
}
