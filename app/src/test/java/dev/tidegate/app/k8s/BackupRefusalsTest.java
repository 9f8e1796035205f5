package dev.tidegate.app.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where {@code k8s/backup.sh} and {@code k8s/restore.sh} end instead of going on. */
final class BackupRefusalsTest {
  @TempDir private Path folder;
  private BackupRuns runs;

  @BeforeEach
  void programs() throws IOException {
    runs = new BackupRuns(folder);
  }

  /** Kafka's tool ends with 0 where it fails. */
  @Test
  void shouldRefuseABackupWithoutOffsets() throws Exception {
    runs.answer("OFFSETS", "Error: Executing consumer group command failed due to a timeout");
    BackupRuns.Run run = runs.script("backup.sh");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.said()).contains("Kafka told no group's offsets");
    assertThat(runs.kept().resolve("complete")).doesNotExist();
  }

  /** Whatever is asked and not answered: nothing is called complete, and no database is touched. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "api-resources",
        "get flinkdeployment -o",
        "get deployment/console",
        "get pod",
        "get secret backup",
        "get secret tidegate-database -o jsonpath={.data.registry-url",
        "get secret tidegate-database -o jsonpath={.data.console-user",
        "get secret tidegate-database -o jsonpath={.data.console-password",
        "get flinkstatesnapshot",
        "exec"
      })
  void shouldEndWhereTheClusterDoesNotAnswer(String question) throws Exception {
    runs.answer("FAILING", question);
    assertThat(runs.script("backup.sh").code()).isNotZero();
    assertThat(runs.kept().resolve("complete")).doesNotExist();
    assertThat(runs.calls()).noneMatch(call -> call.startsWith("pg_dump"));
  }

  /** No answer is as good as a refusal, but for Flink's jobs where there is no such kind. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "get deployment/console",
        "get pod",
        "get secret backup",
        "get secret tidegate-database -o jsonpath={.data.console-url",
        "get flinkstatesnapshot",
        "exec"
      })
  void shouldEndWhereAnAnswerIsEmpty(String question) throws Exception {
    runs.answer("MISSING", question);
    assertThat(runs.script("backup.sh").code()).isNotZero();
    assertThat(runs.kept().resolve("complete")).doesNotExist();
    assertThat(runs.calls()).noneMatch(call -> call.startsWith("pg_dump"));
  }

  /** An environment without any job is none. */
  @ParameterizedTest
  @ValueSource(strings = {"MISSING", "FAILING"})
  void shouldNotTakeMissingJobsForNone(String how) throws Exception {
    runs.answer("JOBS", "");
    runs.answer(how, "get deployment --selector");
    assertThat(runs.script("backup.sh").code()).isNotZero();
    assertThat(runs.kept()).doesNotExist();
  }

  /** With edge: jobs are Deployments, and no kind of Flink's operator is there. */
  @ParameterizedTest
  @ValueSource(strings = {"api-resources", "get flinkdeployment -o"})
  void shouldKeepTheRestWhereNoJobRunsByTheOperator(String nothing) throws Exception {
    runs.answer("MISSING", nothing);
    BackupRuns.Run run = runs.script("backup.sh");

    assertThat(run.code()).as(run.said()).isZero();
    assertThat(run.said()).contains("no job runs by Flink's operator");
    assertThat(runs.kept().resolve("savepoints")).isEmptyFile();
    assertThat(runs.kept().resolve("registry.dump")).isNotEmptyFile();
    BackupRuns.Run back = runs.script("restore.sh");
    assertThat(back.code()).as(back.said()).isZero();
    assertThat(back.said()).contains("jobs are left as they are");
    assertThat(runs.calls()).noneMatch(call -> call.startsWith("kubectl patch"));
  }

  /** An empty address would be libpq's default database, and --clean empties it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "get secret tidegate-database -o jsonpath={.data.registry-url",
        "get secret tidegate-database -o jsonpath={.data.console-user",
        "get secret tidegate-database -o jsonpath={.data.console-password",
        "get deployment/registry"
      })
  void shouldStopNothingWhereTheClusterDoesNotAnswer(String question) throws Exception {
    assertThat(runs.script("backup.sh").code()).isZero();
    runs.forget();
    Files.writeString(runs.kept().resolve("replicas"), "console 3\n");

    runs.answer("FAILING", question);
    assertThat(runs.script("restore.sh").code()).isNotZero();
    runs.answer("FAILING", "nothing");
    runs.answer("MISSING", question);
    assertThat(runs.script("restore.sh").code()).isNotZero();
    assertThat(runs.calls()).allMatch(call -> call.startsWith("kubectl get "));
  }

  /** What stands at 0 was stopped by a restore that was cut short. */
  @Test
  void shouldStartAsManyAsThereWereAtTheBackup() throws Exception {
    runs.answer("PODS", "1");
    assertThat(runs.script("backup.sh").code()).isZero();
    runs.answer("PODS", "0");
    BackupRuns.Run run = runs.script("restore.sh");

    assertThat(run.code()).as(run.said()).isZero();
    assertThat(runs.calls())
        .contains(
            "kubectl scale deployment/registry --replicas=1",
            "kubectl scale deployment/console --replicas=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"savepoints", "replicas", "console.dump"})
  void shouldRefuseABackupThatLacksAPart(String part) throws Exception {
    assertThat(runs.script("backup.sh").code()).isZero();
    runs.forget();
    Files.delete(runs.kept().resolve(part));
    BackupRuns.Run run = runs.script("restore.sh");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.said()).contains("has no " + part);
    assertThat(runs.calls()).isEmpty();
  }

  @Test
  void shouldEndWhereASavepointFailsAndRefuseWhatItLeft() throws Exception {
    runs.answer("FAILING", "wait flinkstatesnapshot/backup-graph-aml");
    BackupRuns.Run run = runs.script("backup.sh");

    assertThat(run.code()).isNotZero();
    assertThat(runs.kept().resolve("complete")).doesNotExist();
    assertThat(runs.calls()).noneMatch(call -> call.startsWith("pg_dump"));
    runs.forget();
    BackupRuns.Run back = runs.script("restore.sh");
    assertThat(back.code()).isEqualTo(2);
    assertThat(back.said()).contains("is no complete backup");
    assertThat(runs.calls()).isEmpty();
  }
}
