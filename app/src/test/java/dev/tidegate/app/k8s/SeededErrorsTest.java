package dev.tidegate.app.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each check finds the error that is planted for it, and nothing before it was. */
final class SeededErrorsTest {
  private static final List<Manifest> BASE = base();

  /** The base as it stands, with the config maps that kustomize would make. */
  private static List<Manifest> base() {
    return Stream.concat(
            ManifestTree.under("base").stream(),
            Stream.of(
                map(
                    "tidegate-config",
                    Map.ofEntries(file("tidegate.yaml"), file("kafka-client.properties"))),
                map("tidegate-release", Map.of("TIDEGATE_RUN_RELEASE", "/models/a"))))
        .toList();
  }

  private static Map.Entry<String, String> file(String name) {
    return Map.entry(name, ManifestTree.text(ManifestTree.path("base", "config", name)));
  }

  private static Manifest map(String name, Map<String, String> data) {
    ObjectNode body = new JsonMapper().createObjectNode();
    body.put("apiVersion", "v1").put("kind", "ConfigMap");
    body.putObject("metadata").put("name", name);
    ObjectNode values = body.putObject("data");
    data.forEach(values::put);
    return new Manifest("made by kustomize", body);
  }

  private static List<Manifest> planted(String kind, String name, String written, String error) {
    List<Manifest> changed =
        BASE.stream()
            .map(
                m ->
                    m.kind().equals(kind) && m.name().equals(name)
                        ? replaced(m, written, error)
                        : m)
            .toList();
    assertThat(changed).as("the text to be replaced stands there").isNotEqualTo(BASE);
    return changed;
  }

  private static Manifest replaced(Manifest manifest, String written, String error) {
    String text = manifest.body().toString().replace(written, error);
    return ManifestTree.parse(manifest.source(), text).get(0);
  }

  private static void expect(Check check, List<Manifest> planted, String finding) {
    assertThat(check.findings(BASE)).as("before").isEmpty();
    assertThat(check.findings(planted)).anyMatch(line -> line.contains(finding));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Deployment|scoring|\"terminationGracePeriodSeconds\"|\"terminationGraceSeconds\"|unknown field",
        "Deployment|console|\"replicas\":2|\"replicas\":\"two\"|two",
        "Deployment|scoring|apps/v1|policy/v1|no such kind",
        "FlinkDeployment|features|\"mountPath\"|\"mountedAt\"|unknown field",
        "NetworkPolicy|console|\"policyTypes\"|\"policyType\"|unknown field"
      })
  void shouldFindWhatCoreTypesDoNotKnow(
      String kind, String name, String written, String error, String finding) {
    expect(new CoreKinds(), planted(kind, name, written, error), finding);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Kafka|tidegate|\"authorization\"|\"authorisation\"|authorisation",
        "KafkaTopic|features|\"partitions\":4|\"partitions\":\"four\"|integer",
        "ScaledObject|scoring|\"maxReplicaCount\"|\"maxReplicas\"|maxReplicas",
        "FlinkDeployment|features|\"upgradeMode\"|\"upgrade\"|upgrade",
        "PrometheusRule|tidegate|\"expr\"|\"expression\"|expr",
        "KafkaUser|scoring|kafka.strimzi.io/v1|kafka.strimzi.io/v9|no version"
      })
  void shouldFindWhatDefinitionsDoNotKnow(
      String kind, String name, String written, String error, String finding) {
    assumeTrue(Files.isDirectory(ManifestsTest.CRDS));
    expect(new CustomKinds(ManifestsTest.CRDS), planted(kind, name, written, error), finding);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "KafkaTopic|features|\"name\":\"features\"|\"name\":\"feature-vectors\"|no such topic",
        "KafkaTopic|features|\"partitions\":4|\"partitions\":3|fewer partitions",
        "KafkaTopic|features|604800000|86400000|retention.ms",
        "KafkaUser|console|\"name\":\"rules\"|\"name\":\"decisions\"|which it does not write",
        "KafkaUser|features|\"Read\"|\"Write\"|which it does not write"
      })
  void shouldFindWhatTheCatalogueDoesNotSay(
      String kind, String name, String written, String error, String finding) {
    expect(new KafkaObjects(), planted(kind, name, written, error), finding);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Deployment|scoring|\"scoring\",\"--config\"|\"scorings\",\"--config\"|no stage",
        "Deployment|scoring|\"--config\"|\"--settings\"|--settings",
        "Deployment|console|TIDEGATE_SERVERS_DATABASE_USER|TIDEGATE_SERVERS_DB_USER|nothing reads",
        "ConfigMap|tidegate-release|TIDEGATE_RUN_RELEASE|TIDEGATE_RUN_MODEL|nothing reads",
        "Job|train|\"--profile\"|\"--format\"|--format",
        "FlinkDeployment|features|features.FeaturesJob|features.FeatureJob|no job",
        "FlinkDeployment|features|config/features.yaml|config/feature.yaml|the installation has no",
        "FlinkDeployment|graph-aml|registryUrl=|registry=|registry",
        "FlinkDeployment|history|directory=|folder=|folder"
      })
  void shouldFindWhatTheCodeDoesNotRead(
      String kind, String name, String written, String error, String finding) {
    expect(new Commands(), planted(kind, name, written, error), finding);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Deployment|console|\"serviceAccountName\":\"console\"|\"serviceAccountName\":\"page\"|ServiceAccount page",
        "Deployment|console|\"tidegate-config\"|\"tidegate-settings\"|ConfigMap tidegate-settings",
        "Deployment|console|\"secretName\":\"console\"|\"secretName\":\"page\"|KafkaUser page",
        "Deployment|console|\"port\":\"health\"|\"port\":\"probe\"|asks a port",
        "Deployment|console|\"name\":\"state\",\"mountPath\"|\"name\":\"stat\",\"mountPath\"|no volume",
        "Service|console|\"targetPort\":\"http\"|\"targetPort\":\"web\"|has no port web",
        "Service|console|\"selector\":{\"app.kubernetes.io/name\":\"console\"}|\"selector\":{\"app.kubernetes.io/name\":\"page\"}|selects no pod",
        "PodDisruptionBudget|console|\"app.kubernetes.io/name\":\"console\"|\"app.kubernetes.io/name\":\"page\"|selects no pod",
        "ScaledObject|scoring|\"name\":\"scoring\"},|\"name\":\"scorer\"},|no Deployment scorer",
        "ScaledObject|scoring|\"topic\":\"features\"|\"topic\":\"vectors\"|no topic",
        "ScaledObject|scoring|\"maxReplicaCount\":4|\"maxReplicaCount\":8|more replicas",
        "ServiceMonitor|tidegate|\"port\":\"health\"|\"port\":\"metrics\"|no service"
      })
  void shouldFindNamesThatMeanNothing(
      String kind, String name, String written, String error, String finding) {
    expect(new References(), planted(kind, name, written, error), finding);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Deployment|retrain-launcher|\"launcher\"|\"monitors\"|stage launcher is not deployed",
        "Deployment|retrain-launcher|\"launcher\"|\"monitors\"|stage monitors is deployed more than once",
        "Deployment|console|\"run\",\"console\"|\"up\"|runs no stage",
        "Deployment|scoring|\"run\",\"scoring\"|\"run\",\"scoring-aml\"|stage scoring is not deployed",
        "FlinkDeployment|history|archive.HistoryJob|archive.PastJob|runs no stage"
      })
  void shouldFindStagesThatAreNotDeployedOnce(
      String kind, String name, String written, String error, String finding) {
    expect(new EveryStage(), planted(kind, name, written, error), finding);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Deployment|scoring|\"image\":\"tidegate\"|\"image\":\"tidegate-scorer\"|the build makes no image",
        "Deployment|scoring|\"image\":\"tidegate\"|\"image\":\"tidegate:0.0.9\"|is not of version",
        "Deployment|scoring|\"image\":\"tidegate\"|\"image\":\"tidegate-gpu\"|wants a GPU",
        "Deployment|scoring|\"limits\":{|\"limits\":{\"nvidia.com/gpu\":\"1\",|has no GPU",
        "Deployment|registry|apicurio-registry:3.0.9|apicurio-registry:latest|has no version",
        "FlinkDeployment|history|\"image\":\"tidegate-flink\"|\"image\":\"tidegate-jobs\"|the build makes no image"
      })
  void shouldFindImagesThatNobodyMakes(
      String kind, String name, String written, String error, String finding) {
    expect(new Images(), planted(kind, name, written, error), finding);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Deployment|scoring|\"mountPath\":\"/etc/tidegate/config\"|\"mountPath\":\"/etc/tidegate/settings\"|no volume has /etc/tidegate/config/tidegate.yaml",
        "Deployment|console|\"/etc/tidegate/config/tidegate.yaml\"|\"/etc/tidegate/config/console.yaml\"|has no console.yaml",
        "Deployment|retrain-monitors|/etc/tidegate/kafka/user|/etc/tidegate/kafka/client|no volume has /etc/tidegate/kafka/user",
        "Deployment|retrain-monitors|\"tidegate-release\"|\"tidegate-config\"|nothing says TIDEGATE_RUN_RELEASE",
        "ConfigMap|tidegate-release|TIDEGATE_RUN_RELEASE|TIDEGATE_RELEASE|nothing says TIDEGATE_RUN_RELEASE",
        "ConfigMap|tidegate-config|kafka-properties: /etc/tidegate/config/kafka-client|kafka-properties: /etc/tidegate/config/kafka|has no kafka.properties",
        "Deployment|scoring|\"claimName\":\"models\"|\"claimName\":\"releases\"|reads releases of 'releases'",
        "Deployment|scoring|\"mountPath\":\"/models\"|\"mountPath\":\"/releases\"|no volume has /models",
        "PodTemplate|trainer|\"claimName\":\"models\"|\"claimName\":\"releases\"|written to releases",
        "KafkaNodePool|brokers|\"replicas\":3|\"replicas\":1|there is no claim models",
        "FlinkDeployment|features|config/kafka-client.properties|config/kafka.properties|has no kafka.properties",
        "FlinkDeployment|graph-aml|\"fs.s3a.buffer.dir\":\"/tmp\"|\"fs.s3a.buffer.dir\":\"/tmp/s3a\"|no volume at fs.s3a.buffer.dir '/tmp/s3a'",
        "FlinkDeployment|history|\"fs.s3a.buffer.dir\"|\"fs.s3a.buffers\"|no volume at fs.s3a.buffer.dir ''"
      })
  void shouldFindFilesThatAreNotThere(
      String kind, String name, String written, String error, String finding) {
    expect(new StageFiles(), planted(kind, name, written, error), finding);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Role|retrain-launcher|\"patch\"|\"delete\"|the launcher asks for",
        "Role|retrain-launcher|[\"trainer\"]|[\"teacher\"]|may not read the PodTemplate",
        "Role|flink|\"configmaps\"|\"secrets\"|asks for secrets",
        "RoleBinding|retrain-launcher|\"kind\":\"ServiceAccount\",\"name\":\"retrain-launcher\"|\"kind\":\"ServiceAccount\",\"name\":\"launcher\"|there is no ServiceAccount launcher",
        "RoleBinding|retrain-launcher|\"kind\":\"ServiceAccount\",\"name\":\"retrain-launcher\"|\"kind\":\"ServiceAccount\",\"name\":\"console\"|a token for an account without rights",
        "PodTemplate|trainer|\"name\":\"trainer\",\"image\"|\"name\":\"teacher\",\"image\"|no container named trainer",
        "ConfigMap|tidegate-config|template: trainer|template: teacher|no PodTemplate teacher"
      })
  void shouldFindRightsThatAreWrong(
      String kind, String name, String written, String error, String finding) {
    expect(new Rights(), planted(kind, name, written, error), finding);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "NetworkPolicy|launcher-to-api-server|443|444|port 443",
        "NetworkPolicy|default-deny|\"Ingress\",\"Egress\"|\"Ingress\"|denies everything",
        "NetworkPolicy|stages-to-kafka|\"scoring\"|\"scorer\"|port 9093",
        "NetworkPolicy|to-database|5432|5433|port 5432",
        "NetworkPolicy|to-object-store|\"scoring\"|\"scorer\"|port 443",
        "NetworkPolicy|to-object-store|443|9000|port 443",
        "NetworkPolicy|console|\"app.kubernetes.io/name\":\"console\"|\"app.kubernetes.io/name\":\"page\"|no pod is named page"
      })
  void shouldFindFlowsThatAreMissing(
      String kind, String name, String written, String error, String finding) {
    expect(new Flows(), planted(kind, name, written, error.equals("`") ? "" : error), finding);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Deployment|scoring|\"runAsNonRoot\":true|\"runAsNonRoot\":false|runAsNonRoot",
        "Deployment|scoring|\"readOnlyRootFilesystem\":true|\"readOnlyRootFilesystem\":false|readOnly",
        "Deployment|scoring|\"ALL\"|\"NET_RAW\"|capabilities",
        "Deployment|scoring|RuntimeDefault|Unconfined|seccompProfile",
        "ServiceAccount|scoring|\"kind\":\"ServiceAccount\"|\"kind\":\"Secret\"|secrets stand in"
      })
  void shouldFindPodsThatAskForTooMuch(
      String kind, String name, String written, String error, String finding) {
    expect(new PodSecurity(), planted(kind, name, written, error), finding);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "scoring_lag_records|scoring_lag_rows|no metric or tag scoring_lag_rows",
        "scoring_decisions_total|scoring_decisions|no metric or tag scoring_decisions",
        "phase=\\\"running\\\"|phase=\\\"going\\\"|has no tag phase=going"
      })
  void shouldFindMetricsThatNobodyShows(String written, String error, String finding) {
    expect(new Metrics(), planted("PrometheusRule", "tidegate", written, error), finding);
  }

  @Test
  void shouldFindMetricsOfADashboardThatNobodyShows() throws Exception {
    String board = "{\"panels\":[{\"targets\":[{\"expr\":\"sum(scoring_speed)\"}]}]}";
    assertThat(new Metrics().dashboard("board", new JsonMapper().readTree(board)))
        .anyMatch(line -> line.contains("scoring_speed"));
  }

  @Test
  void shouldFindAJobThatKeepsItsStateOtherwise() {
    expect(
        new StateOfJobs(),
        planted("FlinkDeployment", "history", "\"2mb\"", "\"64mb\""),
        "writebuffer.size is \"64mb\"");
  }

  @Test
  void shouldFindAPipelinesCommandThatDoesNotExist() {
    List<Manifest> delivery = ManifestTree.under("delivery");
    List<Manifest> planted =
        delivery.stream().map(m -> replaced(m, "\"evaluate\"", "\"evaluation\"")).toList();

    assertThat(new Commands().findings(delivery)).isEmpty();
    assertThat(new Commands().findings(planted)).anyMatch(line -> line.contains("evaluation"));
  }

  @Test
  void shouldFindSettingsThatDoNotExist() {
    assertThat(Commands.settingsFile("settings", "scoring: {max-batches: 7}"))
        .anyMatch(line -> line.contains("scoring.max-batches"));
  }
}
