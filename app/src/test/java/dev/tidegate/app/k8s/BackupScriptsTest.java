package dev.tidegate.app.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code k8s/backup.sh} and {@code k8s/restore.sh} do, and in which order. */
final class BackupScriptsTest {
  private static final String PASSWORD = "secret-of-the-test";
  private static final Pattern NAMED = Pattern.compile("^(console|registry)-(url|user|password)$");

  @TempDir private Path folder;
  private BackupRuns runs;

  @BeforeEach
  void programs() throws IOException {
    runs = new BackupRuns(folder);
  }

  @Test
  void shouldKeepEachJobsSavepointAndEachDatabase() throws Exception {
    BackupRuns.Run run = runs.script("backup.sh");

    assertThat(run.code()).as(run.said()).isZero();
    assertThat(runs.kept().resolve("complete")).isNotEmptyFile();
    assertThat(Files.readAllLines(runs.kept().resolve("savepoints")))
        .containsExactlyElementsOf(
            BackupRuns.jobs().stream()
                .map(job -> job + " s3://tidegate-state/" + job + "/savepoint-1")
                .toList());
    List<String> made = runs.calls();
    for (String job : BackupRuns.jobs()) {
      assertThat(made)
          .anyMatch(call -> call.matches("kubectl wait .*backup-" + job + "-.*COMPLETED.*"));
    }
    assertThat(ManifestTree.parse("created", runs.created()))
        .isNotEmpty()
        .allMatch(one -> one.kind().equals("FlinkStateSnapshot"));
    // Only what libpq knows of an address is handed on.
    assertThat(made)
        .last()
        .asString()
        .isEqualTo(
            "pg_dump somebody with 18 letters: --format=custom --no-password --file="
                + runs.kept().resolve("registry.dump")
                + " --dbname=postgresql://db:5432/NAME"
                + "?sslmode=verify-full&sslrootcert=/tls/ca.crt&sslkey=/tls/key");
  }

  /** As {@code kafka-consumer-groups.sh --from-file} takes them; keys in nobody's words. */
  @Test
  void shouldKeepEachGroupsOffsets() throws Exception {
    BackupRuns.Run run = runs.script("backup.sh");

    assertThat(run.code()).as(run.said()).isZero();
    assertThat(Files.readAllLines(runs.kept().resolve("offsets.csv")))
        .containsExactly("scoring,features,0,1204", "console,alerts,0,17");
    Properties given = new Properties();
    try (Reader reader = Files.newBufferedReader(runs.properties())) {
      given.load(reader);
    }
    assertThat(given)
        .containsEntry("security.protocol", "SSL")
        .containsEntry(
            "ssl.keystore.key", "-----BEGIN backup-----\nsecret-of-the-test\n-----END-----");
    assertThat(given.getProperty("ssl.truststore.certificates"))
        .startsWith("-----BEGIN tidegate-cluster-ca-cert-----\n");
    assertThat(ManifestTree.under("base"))
        .anyMatch(one -> one.kind().equals("KafkaUser") && one.name().equals("backup"));
  }

  @Test
  void shouldPutBackDatabasesThenJobsThenThePage() throws Exception {
    assertThat(runs.script("backup.sh").code()).isZero();
    runs.forget();
    BackupRuns.Run run = runs.script("restore.sh");

    assertThat(run.code()).as(run.said()).isZero();
    List<String> made = runs.calls();
    String job = BackupRuns.jobs().iterator().next();
    int[] order =
        Stream.of(
                "kubectl scale deployment/console --replicas=0",
                "kubectl wait --for=delete pod .*/name=console .*",
                "kubectl scale deployment/registry --replicas=0",
                "pg_restore: .*/registry.dump",
                "pg_restore: .*/console.dump",
                "kubectl scale deployment/registry --replicas=2",
                "kubectl rollout status deployment/registry .*",
                "kubectl patch flinkdeployment/" + job + " .*",
                "kubectl wait flinkdeployment/" + job + " .*observedGeneration}=7 .*",
                "kubectl wait flinkdeployment/" + job + " .*RUNNING.*",
                "kubectl scale deployment/console --replicas=3",
                "kubectl rollout status deployment/console .*")
            .mapToInt(step -> index(made, step))
            .toArray();
    assertThat(order).isSorted();
    assertThat(order[0]).isNotNegative();
    assertThat(made)
        .filteredOn(call -> call.startsWith("psql "))
        .hasSize(2)
        .allMatch(
            call ->
                call.startsWith("psql somebody with 18 letters: ")
                    && call.contains(" --set=ON_ERROR_STOP=1 ")
                    && call.endsWith(": commit;"));
    for (String each : BackupRuns.jobs()) {
      assertThat(made)
          .filteredOn(call -> call.startsWith("kubectl patch flinkdeployment/" + each + " "))
          .singleElement()
          .asString()
          .contains("\"initialSavepointPath\":\"s3://tidegate-state/" + each + "/savepoint-1\"")
          .containsPattern("\"savepointRedeployNonce\":\\d+\\}");
    }
  }

  /** Neither in what is said nor in what others see of a command. */
  @Test
  void shouldNeverShowAPassword() throws Exception {
    BackupRuns.Run backup = runs.script("backup.sh");
    BackupRuns.Run restore = runs.script("restore.sh");

    assertThat(backup.said() + restore.said() + runs.calls()).doesNotContain(PASSWORD);
    assertThat(runs.calls()).filteredOn(call -> call.startsWith("pg_restore")).hasSize(2);
  }

  @Test
  void shouldSayTheStepsAndChangeNothing() throws Exception {
    BackupRuns.Run run = runs.script("backup.sh", "--dry-run");
    assertThat(run.code()).as(run.said()).isZero();
    assertThat(runs.kept()).doesNotExist();
    for (String job : BackupRuns.jobs()) {
      assertThat(run.said()).contains("savepoint of " + job + " ");
    }
    assertThat(run.said()).contains("console.dump", "registry.dump");
    assertThat(runs.calls()).allMatch(call -> call.matches("kubectl (get|api-resources) .*"));

    assertThat(runs.script("backup.sh").code()).isZero();
    runs.forget();
    BackupRuns.Run back = runs.script("restore.sh", "--dry-run");
    assertThat(back.code()).as(back.said()).isZero();
    assertThat(back.said()).contains("initialSavepointPath", "pg_restore", "--replicas=0");
    assertThat(runs.calls()).allMatch(call -> call.startsWith("kubectl get "));
  }

  @Test
  void shouldNotOverwriteABackup() throws Exception {
    Files.createDirectories(runs.kept());
    assertThat(runs.script("backup.sh").code()).isEqualTo(2);
    assertThat(runs.script("backup.sh", "--now").code()).isEqualTo(2);
  }

  /** The names that the scripts have are the manifests'. */
  @Test
  void shouldNameWhatTheManifestsName() {
    List<Manifest> base = ManifestTree.under("base");
    Set<String> keys = new TreeSet<>();
    for (Manifest manifest : base) {
      for (JsonNode ref : manifest.body().findValues("secretKeyRef")) {
        if (ref.path("name").asText().equals("tidegate-database")) {
          keys.add(ref.path("key").asText());
        }
      }
    }
    assertThat(keys).hasSize(6).allMatch(key -> NAMED.matcher(key).matches());
    assertThat(BackupRuns.jobs()).isNotEmpty();
    assertThat(base.stream().filter(one -> one.kind().equals("Deployment")).map(Manifest::name))
        .contains("console", "registry");
  }

  private static int index(List<String> calls, String pattern) {
    for (int i = 0; i < calls.size(); i++) {
      if (calls.get(i).matches(pattern)) {
        return i;
      }
    }
    throw new AssertionError("nobody called " + pattern + ": " + calls);
  }
}
