package dev.tidegate.app.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs {@code k8s/backup.sh} and {@code k8s/restore.sh} with a program in the place of kubectl that
 * writes down how it was called, and so for PostgreSQL's tools where no database is there. The jobs
 * are those of {@code k8s/base}.
 */
final class BackupRuns {
  /**
   * Answers what is asked of a cluster; a call that has FAILING in it fails, one that has MISSING
   * in it is answered with nothing.
   */
  private static final String KUBECTL =
      """
      #!/usr/bin/env bash
      shift 2 # the namespace
      echo "kubectl $*" >> "$CALLS"
      stage=$*; stage=${stage##*.data.}; stage=${stage%%-*}
      case "$*" in
        *"$FAILING"*) echo "no answer" >&2; exit 1 ;;
        *"$MISSING"*) ;;
        "api-resources --api-group=flink.apache.org "*) printf 'flinkdeployments.flink.apache.org\\n' ;;
        "get flinkdeployment -o "*) printf '%s' "$JOBS" ;;
        "get secret tidegate-database"*-url*) printf '%s' "${URL//STAGE/$stage}" | base64 ;;
        "get secret tidegate-database"*-user*) printf '%s' "${LOGIN//STAGE/$stage}" | base64 ;;
        "get secret tidegate-database"*-password*) printf 'secret-of-the-test' | base64 ;;
        "get secret "*) printf -- '-----BEGIN %s-----\\nsecret-of-the-test\\n-----END-----\\n' "$3" | base64 ;;
        "get flinkstatesnapshot/backup-"*) job=${2#*/backup-}; printf 's3://tidegate-state/%s/savepoint-1' "${job%-*-*}" ;;
        "get pod "*broker-role*) printf 'tidegate-brokers-3 tidegate-brokers-4' ;;
        "exec -i tidegate-brokers-3 "*) cat > "$CALLS.properties"; printf '%s\\n' "$OFFSETS" ;;
        "get deployment/console"*) printf '%s' "${PODS:-3}" ;;
        "get deployment/registry"*) printf '%s' "${PODS:-2}" ;;
        "get deployment --selector app.kubernetes.io/name=features,type!=flink-native-kubernetes "*) printf 'deployment.apps/features' ;;
        "get flinkdeployment/"*generation*) printf 7 ;;
        "create --filename -") cat >> "$CALLS.created" ;;
      esac
      """;

  /** As Kafka's tool writes them: one group without a member, one partition without an offset. */
  private static final String OFFSETS =
      """

      GROUP    TOPIC     PARTITION  CURRENT-OFFSET  LOG-END-OFFSET  LAG  CONSUMER-ID  HOST  CLIENT-ID
      scoring  features  0          1204            1210            6    scorer-1     /10.0.0.7  scorer
      scoring  features  1          -               15              -    scorer-1     /10.0.0.7  scorer

      Consumer group 'console' has no active members.

      GROUP    TOPIC     PARTITION  CURRENT-OFFSET  LOG-END-OFFSET  LAG  CONSUMER-ID  HOST  CLIENT-ID
      console  alerts    0          17              17              0    -            -     -
      """;

  /** STAGE becomes console or registry. */
  private static final String URL =
      "jdbc:postgresql://db:5432/NAME"
          + "?sslmode=verify-full&ApplicationName=x&sslrootcert=/tls/ca.crt&sslkey=/tls/key";

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
      echo "pg_restore: $*" >> "$CALLS"
      echo 'select 1;'
      """;

  private static final String PSQL =
      """
      #!/usr/bin/env bash
      read=$(cat)
      echo "psql $PGUSER with ${#PGPASSWORD} letters: $*: ${read##*;$'\\n'}" >> "$CALLS"
      """;

  private final Path folder;
  private final Path calls;

  /** Variables of the programs, beside those that each run has. */
  private final Map<String, String> answers = new HashMap<>();

  /** How a script ended. */
  record Run(int code, String said) {}

  /** With its programs and files in an empty folder, and no database. */
  BackupRuns(Path folder) throws IOException {
    this(folder, Map.of("kubectl", KUBECTL, "pg_dump", DUMP, "pg_restore", RESTORE, "psql", PSQL));
  }

  private BackupRuns(Path folder, Map<String, String> programs) throws IOException {
    this.folder = folder;
    this.calls = folder.resolve("calls");
    for (Map.Entry<String, String> program : programs.entrySet()) {
      program(program.getKey(), program.getValue());
    }
  }

  /** With this machine's tools of PostgreSQL; URL and LOGIN are to be answered. */
  static BackupRuns overDatabases(Path folder) throws IOException {
    return new BackupRuns(folder, Map.of("kubectl", KUBECTL));
  }

  private void program(String name, String text) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path file = Files.writeString(bin.resolve(name), text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** What KUBECTL is to answer from now on: MISSING, FAILING, OFFSETS, PODS, URL, LOGIN. */
  void answer(String variable, String value) {
    answers.put(variable, value);
  }

  /** The backup's folder. */
  Path kept() {
    return folder.resolve("kept");
  }

  /** The calls so far, in their order. */
  List<String> calls() throws IOException {
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  /** Forgets the calls. */
  void forget() throws IOException {
    Files.deleteIfExists(calls);
  }

  /** What kubectl was given to create. */
  String created() throws IOException {
    return Files.readString(Path.of(calls + ".created"));
  }

  /** What the program in a broker's pod was given. */
  Path properties() {
    return Path.of(calls + ".properties");
  }

  /** Names of the jobs. */
  static Set<String> jobs() {
    return ManifestTree.under("base").stream()
        .filter(one -> one.kind().equals("FlinkDeployment"))
        .map(Manifest::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Runs a script to its end. */
  Run script(String name, String... options) throws IOException, InterruptedException {
    Path said = folder.resolve("said");
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(
                    Stream.of(ManifestTree.path(name).toString(), kept().toString()),
                    Stream.of(options))
                .toList());
    Map<String, String> environment = builder.environment();
    environment.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
    environment.put("CALLS", calls.toString());
    environment.put("JOBS", String.join(" ", jobs()));
    environment.put("FAILING", "nothing");
    environment.put("MISSING", "nothing");
    environment.put("OFFSETS", OFFSETS);
    environment.put("URL", URL);
    environment.put("LOGIN", "somebody");
    environment.putAll(answers);
    Process process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    return new Run(process.waitFor(), Files.readString(said, StandardCharsets.UTF_8));
  }
}
