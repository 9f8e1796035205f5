package dev.tidegate.app.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pipeline of {@code k8s/delivery}: its steps, and what they are given. */
final class PipelineTest {
  private static final String PERSON = "-c user.name=test -c user.email=test@localhost";
  private static final List<Manifest> DELIVERY = ManifestTree.under("delivery");

  @Test
  void shouldFetchTestBuildTrainEvaluateGateAndPromote() {
    List<String> names = new ArrayList<>();
    find("Pipeline", "tidegate", DELIVERY)
        .spec()
        .path("tasks")
        .forEach(task -> names.add(task.path("name").asText()));

    assertThat(names)
        .containsSubsequence("fetch", "verify", "image", "train", "evaluate", "gate", "promote");
    assertThat(findings(DELIVERY)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Pipeline|\"taskRef\":{\"name\":\"tidegate-fetch\"}|\"taskRef\":{\"name\":\"tidegate-clone\"}|no task tidegate-clone",
        "Pipeline|\"runAfter\":[\"image\"]|\"runAfter\":[\"build\"]|runs after build",
        "Pipeline|$(params.repository)|$(params.origin)|no parameter origin",
        "Task|{\"name\":\"goals\",\"type\"|{\"name\":\"targets\",\"type\"|does not take goals",
        "ServiceAccount|\"name\":\"tidegate-triggers\"|\"name\":\"tidegate-pushes\"|no account tidegate-triggers",
        "TriggerTemplate|{\"name\":\"release\",|{\"name\":\"version\",|is not given release",
        "Task|\"runAsNonRoot\":true|\"runAsNonRoot\":false|runAsNonRoot",
        "Task|\"drop\":[\"ALL\"]|\"drop\":[\"NET_RAW\"]|capabilities dropped",
        "TriggerTemplate|\"fsGroup\":10001|\"fsGroup\":10002|train: workspaces are not of the group of the steps' user",
        "TriggerTemplate|\"fsGroup\":1000,|\"fsGroup\":1001,|verify: workspaces are not of the group of the steps' user",
        "TriggerTemplate|\"pipelineTaskName\":\"gate\"|\"pipelineTaskName\":\"gates\"|gate: workspaces are not of the group",
        "TriggerTemplate|\"pipelineTaskName\":\"gate\"|\"pipelineTaskName\":\"gates\"|no task gates",
        "Task|\"runAsUser\":1000,|\"runAsUser\":10001,|verify: workspaces are not of the group",
        "NetworkPolicy|tekton.dev/pipelineRun|tekton.dev/pipeline|no network policy lets the steps out",
        "NetworkPolicy|\"eventlistener\":\"tidegate\"|\"eventlistener\":\"tide\"|no network policy is the listener's"
      })
  void shouldFindWhatDoesNotFit(String kind, String written, String error, String finding) {
    List<Manifest> planted =
        DELIVERY.stream()
            .map(
                m ->
                    m.kind().equals(kind)
                        ? ManifestTree.parse(
                                m.source(), m.body().toString().replace(written, error))
                            .get(0)
                        : m)
            .toList();

    assertThat(planted).isNotEqualTo(DELIVERY);
    assertThat(findings(planted)).anyMatch(line -> line.contains(finding));
  }

  /**
   * The step's own script on a volume as a cluster gives it: not the step's, by Git's own switch
   * for its tests, and with a folder lost+found. A run again has another revision. The origin is a
   * server's, so whose it is does not matter.
   */
  @Test
  void shouldFetchIntoAVolumeThatIsNotEmptyAndNotItsOwn(@TempDir Path folder) throws Exception {
    Path origin = Files.createDirectories(folder.resolve("origin"));
    Path volume = Files.createDirectories(folder.resolve("volume"));
    Files.createDirectories(volume.resolve("lost+found"));
    Path settings = folder.resolve("settings");
    Files.writeString(settings, "[safe]\n\tdirectory = " + origin + "/.git\n");
    for (String text : List.of("first", "second")) {
      Files.writeString(origin.resolve("file"), text);
      git(origin, Map.of(), "git init -q && git add file && git " + PERSON + " commit -qm " + text);
      Map<String, String> environment = new TreeMap<>(environment("tidegate-fetch"));
      environment.put("GIT_CONFIG_GLOBAL", settings.toString());
      environment.put("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
      environment.put("REPOSITORY", origin.toUri().toString());
      environment.put("REVISION", git(origin, Map.of(), "git rev-parse HEAD").strip());

      Files.writeString(volume.resolve("left"), "by the run before");
      git(volume, environment, script("tidegate-fetch"));

      assertThat(volume.resolve("file")).hasContent(text);
      assertThat(volume.resolve("left")).doesNotExist();
      assertThat(volume.resolve("lost+found")).isDirectory();
      assertThat(environment("tidegate-commit-release")).isEqualTo(environment("tidegate-fetch"));
    }
  }

  private static String script(String task) {
    return find("Task", task, DELIVERY).spec().path("steps").path(0).path("script").asText();
  }

  /** Of all steps of a task, without the place of files. */
  private static Map<String, String> environment(String task) {
    Map<String, String> variables = new TreeMap<>();
    find("Task", task, DELIVERY)
        .spec()
        .path("stepTemplate")
        .path("env")
        .forEach(one -> variables.put(one.path("name").asText(), one.path("value").asText()));
    variables.remove("HOME");
    return variables;
  }

  private static String git(Path folder, Map<String, String> environment, String script)
      throws Exception {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", script).directory(folder.toFile());
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("GIT_CONFIG_SYSTEM", "/dev/null");
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private static Manifest find(String kind, String name, List<Manifest> all) {
    return all.stream()
        .filter(m -> m.kind().equals(kind) && m.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> findings(List<Manifest> all) {
    List<String> findings = new ArrayList<>();
    Manifest pipeline = find("Pipeline", "tidegate", all);
    Set<String> given = names(pipeline.spec().path("params"));
    Set<String> before = new HashSet<>();
    for (JsonNode task : pipeline.spec().path("tasks")) {
      String name = task.path("name").asText();
      for (JsonNode after : task.path("runAfter")) {
        if (!before.contains(after.asText())) {
          findings.add(name + " runs after " + after.asText() + ", which does not stand before it");
        }
      }
      before.add(name);
      task(task, name, all, findings);
      Manifest.texts(task.path("params"), text -> parameters(text, name, given, findings));
    }
    Set<String> started =
        names(
            find("TriggerTemplate", "tidegate", all)
                .spec()
                .path("resourcetemplates")
                .path(0)
                .path("spec")
                .path("params"));
    for (String parameter : given) {
      if (!started.contains(parameter)) {
        findings.add("the pipeline is not given " + parameter);
      }
    }
    security(all, findings);
    groups(all, findings);
    flows(all, findings);
    String account =
        find("EventListener", "tidegate", all).spec().path("serviceAccountName").asText();
    if (all.stream()
        .noneMatch(m -> m.kind().equals("ServiceAccount") && m.name().equals(account))) {
      findings.add("no account " + account + " for the listener");
    }
    return findings;
  }

  /** Steps run in the environment's namespace, so its restricted profile is theirs. */
  private static void security(List<Manifest> all, List<String> findings) {
    for (Manifest task : all) {
      if (!task.kind().equals("Task")) {
        continue;
      }
      JsonNode own = task.spec().path("stepTemplate").path("securityContext");
      if (!own.path("runAsNonRoot").asBoolean()) {
        findings.add(task.label() + ": without runAsNonRoot");
      }
      if (!own.has("allowPrivilegeEscalation")
          || own.path("allowPrivilegeEscalation").asBoolean()) {
        findings.add(task.label() + ": without allowPrivilegeEscalation: false");
      }
      if (!own.path("capabilities").path("drop").path(0).asText().equals("ALL")) {
        findings.add(task.label() + ": without capabilities dropped");
      }
      if (!own.path("seccompProfile").path("type").asText().equals("RuntimeDefault")) {
        findings.add(task.label() + ": without seccompProfile RuntimeDefault");
      }
    }
  }

  /** Volumes are of the group of whoever works in them, and one volume is worked in by one user. */
  private static void groups(List<Manifest> all, List<String> findings) {
    JsonNode run =
        find("TriggerTemplate", "tidegate", all)
            .spec()
            .path("resourcetemplates")
            .path(0)
            .path("spec");
    Map<String, JsonNode> pods = new TreeMap<>();
    for (JsonNode one : run.path("taskRunSpecs")) {
      pods.put(one.path("pipelineTaskName").asText(), one.path("podTemplate"));
    }
    Set<String> tasks = new TreeSet<>();
    Map<String, Integer> users = new TreeMap<>();
    for (JsonNode task : find("Pipeline", "tidegate", all).spec().path("tasks")) {
      String name = task.path("name").asText();
      tasks.add(name);
      JsonNode pod = pods.getOrDefault(name, run.path("taskRunTemplate").path("podTemplate"));
      int user = user(task.path("taskRef").path("name").asText(), all);
      if (pod.path("securityContext").path("fsGroup").asInt() != user) {
        findings.add(name + ": workspaces are not of the group of the steps' user");
      }
      for (JsonNode workspace : task.path("workspaces")) {
        String volume = workspace.path("workspace").asText();
        if (users.merge(volume, user, (first, later) -> first) != user) {
          findings.add(name + ": another user before it works in " + volume);
        }
      }
    }
    pods.keySet().stream()
        .filter(name -> !tasks.contains(name))
        .forEach(name -> findings.add("the pipeline has no task " + name));
  }

  private static int user(String task, List<Manifest> all) {
    return all.stream()
        .filter(one -> one.kind().equals("Task") && one.name().equals(task))
        .findFirst()
        .map(one -> one.spec().path("stepTemplate").path("securityContext").path("runAsUser"))
        .map(JsonNode::asInt)
        .orElse(0);
  }

  private static void flows(List<Manifest> all, List<String> findings) {
    List<String> selectors =
        all.stream()
            .filter(m -> m.kind().equals("NetworkPolicy"))
            .map(m -> m.spec().path("podSelector").toString())
            .toList();
    if (selectors.stream().noneMatch(one -> one.contains("\"tekton.dev/pipelineRun\""))) {
      findings.add("no network policy lets the steps out");
    }
    if (selectors.stream().noneMatch(one -> one.contains("{\"eventlistener\":\"tidegate\"}"))) {
      findings.add("no network policy is the listener's");
    }
  }

  private static void task(JsonNode task, String name, List<Manifest> all, List<String> findings) {
    String kind = task.path("taskRef").path("name").asText();
    if (all.stream().noneMatch(m -> m.kind().equals("Task") && m.name().equals(kind))) {
      findings.add(name + ": no task " + kind);
      return;
    }
    Set<String> takes = names(find("Task", kind, all).spec().path("params"));
    for (String parameter : names(task.path("params"))) {
      if (!takes.contains(parameter)) {
        findings.add(name + ": " + kind + " does not take " + parameter);
      }
    }
  }

  private static void parameters(
      String text, String task, Set<String> given, List<String> findings) {
    Matcher found = Pattern.compile("\\$\\(params\\.([\\w-]+)\\)").matcher(text);
    while (found.find()) {
      if (!given.contains(found.group(1))) {
        findings.add(task + ": the pipeline has no parameter " + found.group(1));
      }
    }
  }

  private static Set<String> names(JsonNode list) {
    return new TreeSet<>(
        StreamSupport.stream(list.spliterator(), false)
            .map(entry -> entry.path("name").asText())
            .toList());
  }
}
