package dev.tidegate.app.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidegate.app.alone.StageName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files that a pod of Tidegate's is sent to stand where it looks: those that its command, its
 * variables and its settings name are in a volume of it, and in the config map, where that is the
 * volume. A stage that starts with a release is told which; and where trainings run, it sees the
 * claim that they write to. A job that writes to an object store has a volume for what is on its
 * way there.
 */
final class StageFiles implements Check {
  private static final String BUFFERS = "fs.s3a.buffer.dir";
  private static final String RELEASE = "TIDEGATE_RUN_RELEASE";

  /** Those that {@code LoneStages} gives the release of {@code run.release}. */
  private static final Set<StageName> OF_A_RELEASE =
      EnumSet.of(
          StageName.FEATURES,
          StageName.SCORING,
          StageName.SCORING_AML,
          StageName.MONITORS,
          StageName.TRIALS,
          StageName.CONSOLE);

  /** Folders of volumes; what else pods name is the image's or the system's. */
  private static final Pattern NAMED = Pattern.compile("(/etc/tidegate|/models)[\\w./-]*");

  @Override
  public List<String> findings(List<Manifest> manifests) {
    List<String> findings = new ArrayList<>();
    for (Manifest manifest : manifests) {
      for (JsonNode container : manifest.containers()) {
        Pod pod = new Pod(manifest, container, manifests);
        if (pod.ours()) {
          pod.named().forEach(path -> pod.reach(path, findings));
          pod.released(findings);
          pod.buffers(findings);
        }
      }
    }
    volumes(manifests, findings);
    return findings;
  }

  /** An environment of one broker is one machine: it brings its own volumes. */
  private static void volumes(List<Manifest> manifests, List<String> findings) {
    boolean one =
        manifests.stream()
            .anyMatch(
                m ->
                    m.kind().equals("KafkaNodePool")
                        && m.name().equals("brokers")
                        && m.spec().path("replicas").asInt() == 1);
    for (Manifest manifest : manifests) {
      // A Job by hand takes its data from a claim of whoever lets it go.
      if (one && !manifest.kind().equals("Job")) {
        for (JsonNode volume : manifest.pod().path("spec").path("volumes")) {
          String claim = volume.path("persistentVolumeClaim").path("claimName").asText();
          boolean there =
              manifests.stream()
                  .anyMatch(
                      m -> m.kind().equals("PersistentVolumeClaim") && m.name().equals(claim));
          if (!claim.isEmpty() && !there) {
            findings.add(manifest.label() + ": there is no claim " + claim);
          }
        }
      }
    }
  }

  private record Pod(Manifest manifest, JsonNode container, List<Manifest> all) {
    boolean ours() {
      return manifest.kind().equals("FlinkDeployment")
          || container.path("image").asText().matches("(.*/)?tidegate(-gpu)?(:.*)?");
    }

    /** What arguments, variables and the config maps that are read say. */
    Set<String> named() {
      Set<String> paths = new TreeSet<>();
      Manifest.texts(container.path("args"), text -> add(text, paths));
      Manifest.texts(container.path("env"), text -> add(text, paths));
      for (JsonNode source : container.path("envFrom")) {
        map(source.path("configMapRef").path("name").asText())
            .ifPresent(map -> Manifest.texts(map, text -> add(text, paths)));
      }
      for (JsonNode volume : manifest.pod().path("spec").path("volumes")) {
        map(volume.path("configMap").path("name").asText())
            .ifPresent(
                map -> {
                  add(map.path("kafka-client.properties").asText(), paths);
                  add(map.path("tidegate.yaml").asText(), paths);
                });
      }
      return paths;
    }

    private static void add(String text, Set<String> paths) {
      Matcher found = NAMED.matcher(text);
      while (found.find()) {
        paths.add(found.group());
      }
    }

    private Optional<JsonNode> map(String name) {
      return all.stream()
          .filter(m -> m.kind().equals("ConfigMap") && m.name().equals(name))
          .map(m -> m.body().path("data"))
          .findFirst();
    }

    void reach(String path, List<String> findings) {
      // The launcher's settings say where trainings write; it reads nothing there itself.
      boolean reads =
          stage().map(OF_A_RELEASE::contains).orElse(!manifest.kind().equals("FlinkDeployment"));
      if (path.startsWith("/models") && !reads) {
        return;
      }
      for (JsonNode mount : container.path("volumeMounts")) {
        String folder = mount.path("mountPath").asText();
        if (path.equals(folder) || path.startsWith(folder + "/")) {
          inMap(mount.path("name").asText(), path, folder, findings);
          return;
        }
        if (folder.startsWith(path + "/")) {
          return; // a folder of volumes
        }
      }
      findings.add(manifest.label() + ": no volume has " + path);
    }

    private void inMap(String volume, String path, String folder, List<String> findings) {
      for (JsonNode one : manifest.pod().path("spec").path("volumes")) {
        String map = one.path("configMap").path("name").asText();
        if (one.path("name").asText().equals(volume) && !map.isEmpty() && !path.equals(folder)) {
          String file = path.substring(folder.length() + 1);
          if (map(map).filter(data -> data.has(file)).isEmpty()) {
            findings.add(manifest.label() + ": config map " + map + " has no " + file);
          }
        }
      }
    }

    void released(List<String> findings) {
      if (stage().filter(OF_A_RELEASE::contains).isEmpty()) {
        return;
      }
      boolean told = container.path("env").findValuesAsText("name").contains(RELEASE);
      for (JsonNode source : container.path("envFrom")) {
        told |=
            map(source.path("configMapRef").path("name").asText())
                .filter(data -> data.has(RELEASE))
                .isPresent();
      }
      if (!told) {
        findings.add(manifest.label() + ": nothing says " + RELEASE);
      }
      claims(findings);
    }

    /**
     * A volume stands at the very folder: Hadoop makes a folder below it by the command chmod,
     * which not every base image has, and takes no checkpoint without one.
     */
    void buffers(List<String> findings) {
      JsonNode settings = manifest.spec().path("flinkConfiguration");
      if (!settings.toString().contains("\"s3://")) {
        return;
      }
      String folder = settings.path(BUFFERS).asText();
      if (!container.path("volumeMounts").findValuesAsText("mountPath").contains(folder)) {
        findings.add(manifest.label() + ": no volume at " + BUFFERS + " '" + folder + "'");
      }
    }

    /** The claim at the trainings' folder is the trainings' own. */
    private void claims(List<String> findings) {
      for (Manifest template : all) {
        if (template.kind().equals("PodTemplate")) {
          String written = claim(template, template.containers().get(0), "/models");
          String read = claim(manifest, container, "/models");
          if (!read.equals(written)) {
            findings.add(
                manifest.label() + ": reads releases of '" + read + "', written to " + written);
          }
        }
      }
    }

    private static String claim(Manifest manifest, JsonNode container, String folder) {
      for (JsonNode mount : container.path("volumeMounts")) {
        for (JsonNode volume : manifest.pod().path("spec").path("volumes")) {
          if (mount.path("mountPath").asText().equals(folder)
              && mount.path("name").asText().equals(volume.path("name").asText())) {
            return volume.path("persistentVolumeClaim").path("claimName").asText();
          }
        }
      }
      return "";
    }

    private Optional<StageName> stage() {
      JsonNode args = container.path("args");
      return args.path(0).asText().equals("run")
          ? Optional.of(StageName.of(args.path(1).asText()))
          : Optional.empty();
    }
  }
}
