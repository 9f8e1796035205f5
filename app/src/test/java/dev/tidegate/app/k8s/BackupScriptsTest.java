package dev.tidegate.app.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code k8s/backup.sh} and {@code k8s/restore.sh} do and in which order, by programs in the
 * place of kubectl, pg_dump and pg_restore that write down how they were called. The jobs are those
 * of {@code k8s/base}.
 */
final class BackupScriptsTest {
  private static final String PASSWORD = "secret-of-the-test";
  private static final Pattern NAMED = Pattern.compile("^(console|registry)-(url|user|password)$");

  /** Answers what is asked of a cluster; a wait for what FAILING names fails. */
  private static final String KUBECTL =
      """
      #!/usr/bin/env bash
      shift 2 # the namespace
      echo "kubectl $*" >> "$CALLS"
      case "$*" in
        *"wait "*"$FAILING"*) exit 1 ;;
        "get flinkdeployment -o "*) printf '%s' "$JOBS" ;;
        "get secret tidegate-database"*-url*) printf 'jdbc:postgresql://db:5432/NAME?sslmode=verify-full&ApplicationName=x' | base64 ;;
        "get secret tidegate-database"*-user*) printf 'somebody' | base64 ;;
        "get secret tidegate-database"*-password*) printf 'secret-of-the-test' | base64 ;;
        "get flinkstatesnapshot/backup-"*) job=${2#*/backup-}; printf 's3://tidegate-state/%s/savepoint-1' "${job%-*-*}" ;;
        "get deployment/console"*) printf 3 ;;
        "get deployment/registry"*) printf 2 ;;
        "get flinkdeployment/"*generation*) printf 7 ;;
        "create --filename -") cat >> "$CALLS.created" ;;
      esac
      """;

  private static final String DUMP =
      """
      #!/usr/bin/env bash
      echo "pg_dump $PGUSER with ${#PGPASSWORD} letters: $*" >> "$CALLS"
      for word in "$@"; do
        case $word in --file=*) echo dumped > "${word#--file=}" ;; esac
      done
      """;

  private static final String RESTORE =
      """
      #!/usr/bin/env bash
      echo "pg_restore $PGUSER with ${#PGPASSWORD} letters: $*" >> "$CALLS"
      """;

  @TempDir private Path folder;
  private Path calls;
  private Path kept;

  /** How a script ended. */
  private record Run(int code, String said) {}

  @BeforeEach
  void programs() throws IOException {
    calls = folder.resolve("calls");
    kept = folder.resolve("kept");
    program("kubectl", KUBECTL);
    program("pg_dump", DUMP);
    program("pg_restore", RESTORE);
  }

  private void program(String name, String text) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path file = Files.writeString(bin.resolve(name), text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void shouldKeepEachJobsSavepointAndEachDatabase() throws Exception {
    Run run = script("backup.sh", "");

    assertThat(run.code()).as(run.said()).isZero();
    assertThat(kept.resolve("complete")).isNotEmptyFile();
    assertThat(Files.readAllLines(kept.resolve("savepoints")))
        .containsExactlyElementsOf(
            jobs().stream()
                .map(job -> job + " s3://tidegate-state/" + job + "/savepoint-1")
                .toList());
    List<String> made = calls();
    for (String job : jobs()) {
      assertThat(made)
          .anyMatch(call -> call.matches("kubectl wait .*backup-" + job + "-.*COMPLETED.*"));
    }
    assertThat(ManifestTree.parse("created", Files.readString(Path.of(calls + ".created"))))
        .isNotEmpty()
        .allMatch(one -> one.kind().equals("FlinkStateSnapshot"));
    // Only what libpq knows of an address is handed on.
    assertThat(made)
        .last()
        .asString()
        .isEqualTo(
            "pg_dump somebody with 18 letters: --format=custom --no-password --file="
                + kept.resolve("registry.dump")
                + " --dbname=postgresql://db:5432/NAME?sslmode=verify-full");
  }

  @Test
  void shouldPutBackDatabasesThenJobsThenThePage() throws Exception {
    assertThat(script("backup.sh", "").code()).isZero();
    Files.delete(calls);
    Run run = script("restore.sh", "");

    assertThat(run.code()).as(run.said()).isZero();
    List<String> made = calls();
    String job = jobs().iterator().next();
    int[] order =
        Stream.of(
                "kubectl scale deployment/console --replicas=0",
                "kubectl wait --for=delete pod .*/name=console .*",
                "kubectl scale deployment/registry --replicas=0",
                "pg_restore .*/registry.dump",
                "pg_restore .*/console.dump",
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
    for (String each : jobs()) {
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
    Run backup = script("backup.sh", "");
    Run restore = script("restore.sh", "");

    assertThat(backup.said() + restore.said() + Files.readString(calls)).doesNotContain(PASSWORD);
    assertThat(calls()).filteredOn(call -> call.startsWith("pg_restore")).hasSize(2);
  }

  @Test
  void shouldSayTheStepsAndChangeNothing() throws Exception {
    Run run = script("backup.sh", "", "--dry-run");
    assertThat(run.code()).as(run.said()).isZero();
    assertThat(kept).doesNotExist();
    for (String job : jobs()) {
      assertThat(run.said()).contains("savepoint of " + job + " ");
    }
    assertThat(run.said()).contains("console.dump", "registry.dump");
    assertThat(calls()).allMatch(call -> call.startsWith("kubectl get "));

    assertThat(script("backup.sh", "").code()).isZero();
    Files.delete(calls);
    Run back = script("restore.sh", "", "--dry-run");
    assertThat(back.code()).as(back.said()).isZero();
    assertThat(back.said()).contains("initialSavepointPath", "pg_restore", "--replicas=0");
    assertThat(calls()).allMatch(call -> call.startsWith("kubectl get "));
  }

  @Test
  void shouldEndWhereASavepointFailsAndRefuseWhatItLeft() throws Exception {
    Run run = script("backup.sh", "backup-graph-aml");

    assertThat(run.code()).isNotZero();
    assertThat(kept.resolve("complete")).doesNotExist();
    assertThat(calls()).noneMatch(call -> call.startsWith("pg_dump"));
    Files.delete(calls);
    Run back = script("restore.sh", "");
    assertThat(back.code()).isEqualTo(2);
    assertThat(back.said()).contains("is no complete backup");
    assertThat(calls).doesNotExist();
  }

  @Test
  void shouldNotOverwriteABackup() throws Exception {
    Files.createDirectories(kept);
    assertThat(script("backup.sh", "").code()).isEqualTo(2);
    assertThat(script("backup.sh", "", "--now").code()).isEqualTo(2);
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
    assertThat(jobs()).isNotEmpty();
    assertThat(base.stream().filter(one -> one.kind().equals("Deployment")).map(Manifest::name))
        .contains("console", "registry");
  }

  private static Set<String> jobs() {
    return ManifestTree.under("base").stream()
        .filter(one -> one.kind().equals("FlinkDeployment"))
        .map(Manifest::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static int index(List<String> calls, String pattern) {
    for (int i = 0; i < calls.size(); i++) {
      if (calls.get(i).matches(pattern)) {
        return i;
      }
    }
    throw new AssertionError("nobody called " + pattern + ": " + calls);
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(calls);
  }

  private Run script(String name, String failing, String... options) throws Exception {
    Path err = folder.resolve("said");
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(
                    Stream.of(ManifestTree.path(name).toString(), kept.toString()),
                    Stream.of(options))
                .toList());
    builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    builder.environment().put("CALLS", calls.toString());
    builder.environment().put("JOBS", String.join(" ", jobs()));
    builder.environment().put("FAILING", failing.isEmpty() ? "nothing" : failing);
    Process process = builder.redirectErrorStream(true).redirectOutput(err.toFile()).start();
    return new Run(process.waitFor(), Files.readString(err, StandardCharsets.UTF_8));
  }
}
