package dev.tidegate.app.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.app.Home;
import dev.tidegate.app.release.Releases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every manifest under {@code k8s/}, as it stands and as kustomize renders it. */
final class ManifestsTest {
  static final Path CRDS = Path.of(System.getProperty("tidegate.shared"), "crds");
  private static final String NO_DEFINITIONS = "skipped: not found: " + CRDS;
  private static final String NO_TOOL = "skipped: not found: kustomize or kubectl";

  /** What holds of a whole environment. */
  static final List<Check> WHOLE =
      List.of(
          new CoreKinds(),
          new KafkaObjects(),
          new PodSecurity(),
          new Metrics(),
          new Commands(),
          new References(),
          new EveryStage(),
          new Images(),
          new StageFiles(),
          new Rights(),
          new StateOfJobs(),
          new Flows());

  /** What holds of each manifest by itself. */
  private static final List<Check> EACH =
      List.of(new CoreKinds(), new PodSecurity(), new Metrics(), new Commands());

  @Test
  void shouldHoldOfEachManifestAsItStands() {
    List<Manifest> all = ManifestTree.under(".");

    assertThat(all).hasSizeGreaterThan(50);
    EACH.forEach(check -> assertThat(check.findings(all)).isEmpty());
  }

  @Test
  void shouldFitTheDefinitionsOfCustomKinds() {
    assumeTrue(Files.isDirectory(CRDS) || skip(NO_DEFINITIONS));
    List<Manifest> all = ManifestTree.under(".");
    CustomKinds definitions = new CustomKinds(CRDS);

    assertThat(definitions.findings(all)).isEmpty();
    Set<String> unchecked = definitions.unchecked(all);
    if (!unchecked.isEmpty()) {
      skip("skipped: not found: definitions of " + unchecked);
    }
  }

  @TestFactory
  Stream<DynamicTest> shouldHoldOfEachEnvironment() {
    return ManifestTree.overlays().stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> checkRendered("overlays/" + name)));
  }

  private static void checkRendered(String folder) {
    Optional<List<Manifest>> rendered = ManifestTree.rendered(folder);
    assumeTrue(rendered.isPresent() || skip(NO_TOOL));
    List<Manifest> manifests = rendered.orElseThrow();

    List<String> findings = new ArrayList<>();
    WHOLE.forEach(check -> findings.addAll(check.findings(manifests)));
    if (Files.isDirectory(CRDS)) {
      findings.addAll(new CustomKinds(CRDS).findings(manifests));
    }
    assertThat(findings).isEmpty();
  }

  /** Both halves of the lane, or the scorer reads a topic that nobody writes. */
  @Test
  void shouldSwitchTheAmlLaneOnAsAWhole() {
    Optional<List<Manifest>> rendered = ManifestTree.rendered("overlays/aml");
    assumeTrue(rendered.isPresent() || skip(NO_TOOL));
    List<Manifest> manifests = rendered.orElseThrow();

    Manifest graph = named(manifests, "FlinkDeployment", "graph-aml");
    assertThat(graph.spec().path("job").path("args").toString()).contains("\"vectors=true\"");
    String scorer =
        named(manifests, "Deployment", "scoring-aml").containers().get(0).path("env").toString();
    assertThat(scorer).contains("TIDEGATE_SCORING_AML_RELEASE", "/" + Releases.SHIPPED_AML);
    assertThat(Home.path("config", "releases", Releases.SHIPPED_AML)).isDirectory();
    assertThat(manifests)
        .filteredOn(one -> one.kind().equals("NetworkPolicy"))
        .filteredOn(one -> one.spec().path("podSelector").toString().contains("\"scoring-aml\""))
        .extracting(Manifest::name)
        .containsExactlyInAnyOrder("stages-to-kafka", "stages-to-registry", "to-object-store");
  }

  @Test
  void shouldKeepStateOnClustersAsInOneProcess() {
    assertThat(new StateOfJobs().findings(ManifestTree.under("base"))).isEmpty();
  }

  /** Without an account of its own the model's loader has no keys, and is refused by the store. */
  @Test
  void shouldGiveKserveTheObjectStoresSecretByReference() {
    List<Manifest> component = ManifestTree.under("components/kserve");
    Manifest service = named(component, "InferenceService", "payments");
    String account = service.spec().path("predictor").path("serviceAccountName").asText();

    assertThat(named(component, "ServiceAccount", account).body().path("secrets").toString())
        .isEqualTo("[{\"name\":\"tidegate-object-store\"}]");
    assertThat(service.body().path("metadata").path("annotations").toString())
        .contains("\"serving.kserve.io/deploymentMode\":\"RawDeployment\"");
  }

  private static Manifest named(List<Manifest> manifests, String kind, String name) {
    return manifests.stream()
        .filter(one -> one.kind().equals(kind) && one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Written anew by {@code mvn -pl app -am test -Dtidegate.docs.write=true}. */
  @Test
  void shouldHaveTheCataloguesTopicsAndUsers() throws IOException {
    Path topics = ManifestTree.path("base", "kafka", "topics.yaml");
    Path users = ManifestTree.path("base", "kafka", "users.yaml");
    if (Boolean.getBoolean("tidegate.docs.write")) {
      Files.writeString(topics, CatalogueManifests.topics());
      Files.writeString(users, CatalogueManifests.users());
    }
    assertThat(topics).content().isEqualTo(CatalogueManifests.topics());
    assertThat(users).content().isEqualTo(CatalogueManifests.users());
  }

  @Test
  void shouldSetOnlySettingsThatExist() throws IOException {
    try (Stream<Path> files = Files.walk(ManifestTree.path("."))) {
      List<Path> settings =
          files.filter(file -> file.getFileName().toString().equals("tidegate.yaml")).toList();
      assertThat(settings).isNotEmpty();
      for (Path file : settings) {
        assertThat(Commands.settingsFile(file.toString(), Files.readString(file))).isEmpty();
      }
    }
  }

  @Test
  void shouldShowOnlyMetricsThatExist() throws IOException {
    try (Stream<Path> files = Files.walk(ManifestTree.path("."))) {
      List<Path> dashboards =
          files
              .filter(file -> file.toString().endsWith(".json"))
              .filter(file -> !ManifestTree.built(file))
              .toList();
      assertThat(dashboards).isNotEmpty();
      for (Path file : dashboards) {
        assertThat(
                new Metrics().dashboard(file.toString(), new JsonMapper().readTree(file.toFile())))
            .isEmpty();
      }
    }
  }

  /** The slow monitors too: what they say of outcomes stands beside the score's drift. */
  @Test
  void shouldShowFairnessAndPerformance() throws IOException {
    Path file = ManifestTree.path("base/monitoring/dashboards/tidegate-drift.json");
    assertThat(new JsonMapper().readTree(file.toFile()).findValuesAsText("expr"))
        .contains(
            "max(retrain_monitor_level{monitor=\"performance\"})",
            "max(retrain_monitor_level{monitor=\"fairness\"})");
  }

  /** Where no monitor is up there is no metric either, and a comparison of nothing is no alert. */
  @Test
  void shouldAlsoTellThatNobodyWatchesWhereNoMonitorIsThere() throws IOException {
    assertThat(Files.readString(ManifestTree.path("base/monitoring/rules.yaml")))
        .contains("expr: max(retrain_monitors_watching) < 1 or absent(retrain_monitors_watching)");
  }

  /** Says why something is not checked, also in the build's output. */
  private static boolean skip(String line) {
    System.out.println(line);
    return false;
  }
}
