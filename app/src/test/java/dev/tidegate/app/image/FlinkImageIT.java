package dev.tidegate.app.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.tidegate.app.Home;
import dev.tidegate.app.run.BankFeed;
import dev.tidegate.app.run.BankFile;
import dev.tidegate.lab.audit.KafkaTopicLog;
import dev.tidegate.lab.audit.VectorAuditor;
import dev.tidegate.lab.audit.VectorReport;
import dev.tidegate.lab.platform.EmbeddedPlatform;
import dev.tidegate.lab.platform.PlatformOptions;
import dev.tidegate.schemas.codec.ConfluentRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The features job in the image that the FlinkDeployments name, with the settings and arguments of
 * {@code k8s/base/flink/features.yaml}: a job manager and a task manager of the image's own
 * processes, the task manager killed in the middle. {@code k8s/images/check.sh} builds and unpacks
 * the image and names the folder. Checkpoints go to an object store. What needs a cluster is left
 * out: leaders in config maps, the autoscaler.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
final class FlinkImageIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int SAID = 6_000;
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String FOLDER = System.getProperty("tidegate.image.flink", "");
  private static final String S3PROXY = System.getProperty("tidegate.image.s3proxy", "");

  /** What a pod has from its node and from the secret of the object store. */
  private static final Map<String, String> POD =
      Map.of(
          "_POD_NODE_ID",
          "this-machine",
          "AWS_ACCESS_KEY_ID",
          "test",
          "AWS_SECRET_ACCESS_KEY",
          "secret-of-the-test");

  @TempDir private Path folder;
  private UnpackedImage image;
  private JsonNode spec;
  private int rest;
  private int rpc;
  private int metrics;
  private String endpoint = "";

  @Test
  void shouldRunTheFeaturesJobAsItsManifestSaysAndOutliveATaskManager() throws Exception {
    assumeTrue(!FOLDER.isEmpty() || skip());
    image = UnpackedImage.in(Path.of(FOLDER));
    spec =
        new YAMLMapper()
            .readTree(Home.path("k8s", "base", "flink", "features.yaml").toFile())
            .path("spec");
    rest = free();
    rpc = free();
    metrics = free();
    List<String> lines = BankFile.lines(17, 200, 2);
    int half = lines.size() / 2;
    List<String> later = new ArrayList<>(lines.subList(half, lines.size()));
    later.add(0, lines.get(0)); // the header
    PlatformOptions options = PlatformOptions.at(folder.resolve("servers")).withFlink(null);
    Process manager = null;
    Process first = null;
    Process second = null;
    try (EmbeddedPlatform servers = EmbeddedPlatform.start(options, line -> {});
        ObjectStore store = ObjectStore.start(Path.of(S3PROXY), folder, "tidegate-state")) {
      endpoint = store.endpoint();
      BankFeed feed = new BankFeed(servers.bootstrapServers(), servers.registryUrl(), folder);
      manager = image.start(folder.resolve("manager"), POD, jobManager(servers));
      first = image.start(folder.resolve("first"), POD, taskManager("first"));
      long published = feed.publish("first", lines.subList(0, half));
      VectorAuditor vectors = auditor(servers);
      awaitVectors(vectors, published, manager, first);
      awaitMetrics();
      awaitCheckpoint(manager, first);
      first.destroyForcibly().waitFor();
      second = image.start(folder.resolve("second"), POD, taskManager("second"));
      published += feed.publish("rest", later);
      VectorReport report = awaitVectors(vectors, published, manager, second);
      assertThat(report.changed()).isEmpty();
      assertThat(ask(rest, "/jobs/overview")).contains("\"name\":\"tidegate-features\"");
      assertThat(folder.resolve("manager"))
          .content()
          .containsPattern(
              "Restoring job .* from Checkpoint .* s3://tidegate-state/features/check");
    } finally {
      for (Process process : new Process[] {manager, first, second}) {
        if (process != null) {
          process.destroyForcibly().waitFor();
        }
      }
    }
  }

  /** In standalone mode: native mode's would ask a cluster for its task managers. */
  private List<String> jobManager(EmbeddedPlatform servers) {
    List<String> line = new ArrayList<>(List.of("standalone-job", "--job-classname"));
    line.add(spec.path("job").path("entryClass").asText());
    settings().forEach((key, value) -> line.addAll(List.of("-D", key + "=" + value)));
    for (JsonNode argument : spec.path("job").path("args")) {
      String key = argument.asText().split("=", 2)[0];
      line.add(
          switch (key) {
            case "bootstrapServers" -> key + "=" + servers.bootstrapServers();
            case "registryUrl" -> key + "=" + servers.registryUrl();
            default -> argument.asText();
          });
    }
    return line;
  }

  /** As a job manager in native mode starts one. */
  private List<String> taskManager(String name) {
    StringBuilder command = new StringBuilder("kubernetes-taskmanager.sh");
    settings()
        .forEach((key, value) -> command.append(" -D ").append(key).append("=").append(value));
    command.append(" -D taskmanager.resource-id=").append(name);
    return List.of("bash", "-c", command.toString());
  }

  /** The deployment's settings, but for what needs a cluster, and ports that are free here. */
  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    spec.path("flinkConfiguration")
        .properties()
        .forEach(
            entry -> {
              if (!entry.getKey().matches("high-availability.*|job\\.autoscaler.*")) {
                // as one word: the interval is written with a blank
                settings.put(entry.getKey(), entry.getValue().asText().replace(" ", ""));
              }
            });
    settings.put("s3.endpoint", endpoint);
    settings.put("s3.path.style.access", "true");
    settings.put("execution.checkpointing.interval", "1s");
    settings.put("jobmanager.rpc.address", "127.0.0.1");
    settings.put("jobmanager.rpc.port", Integer.toString(rpc));
    settings.put("rest.port", Integer.toString(rest));
    settings.put("blob.server.port", "0");
    settings.put("taskmanager.host", "127.0.0.1");
    settings.put("taskmanager.rpc.port", "0");
    settings.put("taskmanager.data.port", "0");
    // One each, of two on one machine.
    settings.put("metrics.reporter.prom.port", metrics + "-" + (metrics + 1));
    settings.put("heartbeat.interval", "1s");
    settings.put("heartbeat.timeout", "6s");
    return settings;
  }

  private VectorReport awaitVectors(
      VectorAuditor vectors, long published, Process manager, Process worker) {
    return await("a vector of each of " + published + " payments")
        .atMost(PATIENCE)
        .pollInterval(LOOK)
        .until(
            () -> {
              requireAlive(manager, worker);
              return vectors.audit(List.of());
            },
            report -> report.vectors().size() == published);
  }

  /** Of both processes: the reporters of the job's parts come up with it. */
  private void awaitMetrics() {
    await("metrics of job and task")
        .atMost(PATIENCE)
        .pollInterval(LOOK)
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(
            () ->
                assertThat(ask(metrics, "/metrics") + ask(metrics + 1, "/metrics"))
                    .contains("flink_jobmanager_job_", "flink_taskmanager_job_task_"));
  }

  /** One that holds all that was read: begun after this call. */
  private void awaitCheckpoint(Process manager, Process worker) throws Exception {
    String job = JSON.readTree(ask(rest, "/jobs")).path("jobs").path(0).path("id").asText();
    long stood = checkpoints(job).path("counts").path("total").asLong();
    await("a checkpoint in the object store")
        .atMost(PATIENCE)
        .pollInterval(LOOK)
        .until(
            () -> {
              requireAlive(manager, worker);
              return checkpoints(job).path("latest").path("completed").path("id").asLong();
            },
            newest -> newest > stood);
  }

  private JsonNode checkpoints(String job) throws IOException, InterruptedException {
    return JSON.readTree(ask(rest, "/jobs/" + job + "/checkpoints"));
  }

  private void requireAlive(Process manager, Process worker) {
    assertThat(manager.isAlive()).as(() -> said("manager")).isTrue();
    assertThat(worker.isAlive()).as(() -> said("first") + said("second")).isTrue();
  }

  private String said(String process) {
    try {
      Path log = folder.resolve(process);
      String all = Files.exists(log) ? Files.readString(log) : "";
      return process + ": ..." + all.substring(Math.max(0, all.length() - SAID)) + "\n";
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static VectorAuditor auditor(EmbeddedPlatform servers) {
    return new VectorAuditor(
        new KafkaTopicLog(
            servers.bootstrapServers(), new ConfluentRegistry(servers.registryUrl())));
  }

  private static String ask(int port, String path) throws IOException, InterruptedException {
    return HTTP.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Says why it does not run, also in the build's output. */
  private static boolean skip() {
    System.out.println("skipped: no image: k8s/images/check.sh builds it and runs this");
    return false;
  }
}
