package dev.tidegate.app.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code k8s/delivery/argocd.yaml}: an Application of each overlay, and what it may bring. */
final class ArgoTest {
  private static final List<Manifest> ARGO =
      ManifestTree.under("delivery").stream()
          .filter(one -> one.source().endsWith("argocd.yaml"))
          .toList();

  /** Of no namespace, of all that overlays have. */
  private static final Set<String> OF_A_CLUSTER =
      Set.of("/Namespace", "kueue.x-k8s.io/ClusterQueue", "kueue.x-k8s.io/ResourceFlavor");

  @Test
  void shouldMakeAnApplicationOfEachOverlay() {
    assertThat(findings(ARGO)).isEmpty();
    assertThat(applications(ARGO))
        .extracting(Manifest::name)
        .contains("tidegate-dev", "tidegate-prod", "tidegate-gpu", "tidegate-openshift");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"environment\":\"gpu\"|\"environment\":\"gpus\"|there is no overlay gpus",
        "\"environment\":\"gpu\"|\"environment\":\"gpus\"|nobody delivers gpu",
        "\"environment\":\"gpu\"|\"environment\":\"prod\"|tidegate-prod twice",
        "{\"environment\":\"gpu\",\"cluster\":\"https://gpu.|{\"environment\":\"gpu\",\"cluster\":\"https://prod.|two environments in https://prod.example.com:6443",
        "\"server\":\"https://edge.|\"server\":\"https://edges.|the project does not let tidegate-edge into its cluster",
        "\"path\":\"k8s/overlays/|\"path\":\"k8s/environments/|there is no overlay",
        "\"project\":\"tidegate\"|\"project\":\"tide\"|is of no project here",
        "\"name\":\"scoring\"|\"name\":\"scorer\"|tidegate-dev takes back what KEDA scales",
        "RespectIgnoreDifferences=true|RespectIgnoreDifferences=false|tidegate-dev takes back what KEDA scales",
        "/spec/syncPolicy|/spec/source|a sync that a restore switches off is switched on again",
        "\"include\":\"argocd.yaml\"|\"include\":\"argo.yaml\"|does not keep this file",
        "\"targetRevision\":\"main\",\"path\":\"k8s/overlays|\"targetRevision\":\"next\",\"path\":\"k8s/overlays|is not of one repository and branch"
      })
  void shouldFindWhatDoesNotFit(String written, String error, String finding) {
    List<Manifest> planted =
        ARGO.stream()
            .flatMap(
                one ->
                    ManifestTree.parse(one.source(), one.body().toString().replace(written, error))
                        .stream())
            .toList();
    assertThat(planted).isNotEqualTo(ARGO);
    assertThat(findings(planted)).anyMatch(line -> line.contains(finding));
  }

  /** The set's template is checked nowhere else: there is no definition of an ApplicationSet. */
  @Test
  void shouldMakeApplicationsThatFitTheirDefinition() {
    assumeTrue(Files.isDirectory(ManifestsTest.CRDS));
    assertThat(new CustomKinds(ManifestsTest.CRDS).findings(applications(ARGO))).isEmpty();
  }

  @Test
  void shouldLetInWhatEachOverlayHasOfACluster() {
    Set<String> allowed = new TreeSet<>();
    for (JsonNode kind : one("AppProject", ARGO).spec().path("clusterResourceWhitelist")) {
      allowed.add(kind.path("group").asText() + "/" + kind.path("kind").asText());
    }
    Set<String> brought = new TreeSet<>();
    for (String overlay : ManifestTree.overlays()) {
      Optional<List<Manifest>> rendered = ManifestTree.rendered("overlays/" + overlay);
      assumeTrue(rendered.isPresent());
      for (Manifest manifest : rendered.orElseThrow()) {
        String version = manifest.apiVersion();
        String group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
        brought.add(group + "/" + manifest.kind());
      }
    }
    assertThat(brought).noneMatch(kind -> kind.matches(".*/(ClusterRole|ClusterRoleBinding)"));
    brought.retainAll(OF_A_CLUSTER);
    assertThat(brought).isNotEmpty().isEqualTo(allowed);
  }

  private static Manifest one(String kind, List<Manifest> all) {
    return all.stream().filter(m -> m.kind().equals(kind)).findFirst().orElseThrow();
  }

  /** What the set makes of its list. */
  private static List<Manifest> applications(List<Manifest> all) {
    Manifest set = one("ApplicationSet", all);
    List<Manifest> made = new ArrayList<>();
    for (JsonNode element : set.spec().path("generators").path(0).path("list").path("elements")) {
      ObjectNode application = set.spec().path("template").deepCopy();
      application.put("apiVersion", set.apiVersion()).put("kind", "Application");
      String text = application.toString();
      for (var value : element.properties()) {
        text = text.replace("{{" + value.getKey() + "}}", value.getValue().asText());
      }
      made.addAll(ManifestTree.parse(set.source(), text));
    }
    return made;
  }

  private static List<String> findings(List<Manifest> all) {
    List<String> findings = new ArrayList<>();
    List<Manifest> made = applications(all);
    Set<String> missing = new TreeSet<>(ManifestTree.overlays());
    TreeMap<String, String> clusters = new TreeMap<>();
    Set<String> names = new TreeSet<>();
    for (Manifest application : made) {
      String path = application.spec().path("source").path("path").asText();
      String overlay = path.substring(path.lastIndexOf('/') + 1);
      if (!path.equals("k8s/overlays/" + overlay) || !ManifestTree.overlays().contains(overlay)) {
        findings.add("there is no overlay " + overlay + " at " + path);
      }
      missing.remove(overlay);
      if (!names.add(application.name())) {
        findings.add(application.name() + " twice");
      }
      String cluster = application.spec().path("destination").path("server").asText();
      if (clusters.put(cluster, overlay) != null) {
        findings.add("two environments in " + cluster);
      }
      findings.addAll(admission(application, one("AppProject", all)));
      if (!leavesScaledAlone(application)) {
        findings.add(application.name() + " takes back what KEDA scales");
      }
    }
    if (!one("ApplicationSet", all)
        .spec()
        .path("ignoreApplicationDifferences")
        .path(0)
        .path("jsonPointers")
        .path(0)
        .asText()
        .equals("/spec/syncPolicy")) {
      findings.add("a sync that a restore switches off is switched on again");
    }
    missing.forEach(overlay -> findings.add("nobody delivers " + overlay));
    findings.addAll(root(one("Application", all), made));
    return findings;
  }

  private static List<String> admission(Manifest application, Manifest project) {
    List<String> findings = new ArrayList<>();
    JsonNode spec = application.spec();
    if (!spec.path("project").asText().equals(project.name())) {
      findings.add(application.name() + " is of no project here");
    }
    boolean inside = false;
    for (JsonNode destination : project.spec().path("destinations")) {
      inside |= destination.equals(spec.path("destination"));
    }
    if (!inside) {
      findings.add("the project does not let " + application.name() + " into its cluster");
    }
    if (!project.spec().path("sourceRepos").path(0).equals(spec.path("source").path("repoURL"))) {
      findings.add("the project does not know the repository of " + application.name());
    }
    return findings;
  }

  /** Git says nothing of how many there are, and selfHeal would say it again and again. */
  private static boolean leavesScaledAlone(Manifest application) {
    Set<String> scaled = new TreeSet<>();
    for (Manifest manifest : ManifestTree.under("base")) {
      if (manifest.kind().equals("ScaledObject")) {
        scaled.add(manifest.spec().path("scaleTargetRef").path("name").asText());
      }
    }
    assertThat(scaled).isNotEmpty();
    for (JsonNode ignored : application.spec().path("ignoreDifferences")) {
      if (ignored.path("jsonPointers").toString().contains("\"/spec/replicas\"")) {
        scaled.remove(ignored.path("name").asText());
      }
    }
    return scaled.isEmpty()
        && application
            .spec()
            .path("syncPolicy")
            .path("syncOptions")
            .toString()
            .contains("RespectIgnoreDifferences=true");
  }

  private static List<String> root(Manifest root, List<Manifest> made) {
    List<String> findings = new ArrayList<>();
    JsonNode source = root.spec().path("source");
    String file =
        source.path("path").asText() + "/" + source.path("directory").path("include").asText();
    if (!root.source().equals(file)) {
      findings.add(root.name() + " does not keep this file");
    }
    for (Manifest application : made) {
      JsonNode own = application.spec().path("source");
      if (!own.path("repoURL").equals(source.path("repoURL"))
          || !own.path("targetRevision").equals(source.path("targetRevision"))) {
        findings.add(application.name() + " is not of one repository and branch with the list");
      }
    }
    return findings;
  }
}
