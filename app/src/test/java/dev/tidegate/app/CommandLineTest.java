package dev.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.tidegate.app.release.Releases;
import dev.tidegate.app.run.CommandRun;
import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.model.Model;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command says and how it exits when it is used wrongly. */
final class CommandLineTest {
  private String out = "";
  private String said = "";

  @TempDir private Path folder;

  private int run(String... arguments) {
    CommandRun run = CommandRun.of(arguments);
    out = run.out();
    said = run.err();
    return run.exitCode();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "up",
        "replay",
        "simulate",
        "train",
        "evaluate",
        "profile",
        "profile check",
        "features",
        "features check",
        "features backfill",
        "rules",
        "rules check",
        "rules test",
        "rules evaluate",
        "rules backtest"
      })
  void shouldHelpWithEveryCommand(String command) {
    String line = (command + " --help").strip();

    assertThat(run(line.split(" "))).isZero();
    assertThat(out).startsWith("Usage: tidegate");
  }

  @Test
  void shouldExitWithTwoOnAnUnknownOption() {
    assertThat(run("up", "--speed", "9")).isEqualTo(2);
    assertThat(said)
        .isEqualTo("tidegate: Unknown options: '--speed', '9'\nSee: tidegate up --help\n");
  }

  @Test
  void shouldNameANumberInPlainWords() {
    assertThat(run("simulate", "--seed", "x", "--customers", "9", "--days", "1", "--out", "o"))
        .isEqualTo(2);
    assertThat(said).startsWith("tidegate: ").contains("'x' is not a whole number\n");
  }

  @Test
  void shouldListTheDeclaredFeatures() {
    assertThat(run("features", "check")).isZero();
    assertThat(out).contains("account_count_1m").contains("143 features, digest ");
  }

  @Test
  void shouldTellEveryWrongLineOfACatalogue() throws IOException {
    Path own =
        Files.writeString(
            folder.resolve("features.yaml"),
            """
            features:
              - {entity: acount, aggregate: count, windows: [1h]}
              - {entity: card, aggregate: cuont, windows: [1h]}
            """);

    assertThat(run("features", "check", "--features", own.toString())).isEqualTo(2);
    assertThat(said).contains("line 2").contains("account").contains("line 3").contains("count");
  }

  @Test
  void shouldRefuseAFolderThatIsNoHistory() {
    assertThat(run("features", "backfill", "--from", folder.toString(), "--out", out().toString()))
        .isEqualTo(2);
    assertThat(said).contains("is this a history?");
  }

  @Test
  void shouldSayWhatIsMissingAndWhereHelpIs() {
    assertThat(run("profile")).isEqualTo(2);
    assertThat(said)
        .isEqualTo("tidegate: which command? check or list\nSee: tidegate profile --help\n");
  }

  @Test
  void shouldRefuseASettingOutOfItsRangeBeforeAnythingStarts() throws IOException {
    Path own = Files.writeString(folder.resolve("own.yaml"), "scoring: {max-batch: 0}\n");

    assertThat(run("up", "--data", out().toString(), "--config", own.toString())).isEqualTo(2);
    assertThat(said)
        .isEqualTo("tidegate: setting scoring.max-batch must be a whole number from 1 to 65536\n");
    assertThat(out()).doesNotExist();
  }

  @Test
  void shouldExitWithTwoOnAMissingFile() {
    assertThat(
            run("replay", "nowhere.csv", "--profile", "card_handbook", "--out", out().toString()))
        .isEqualTo(2);
    assertThat(said).isEqualTo("tidegate: there is no file nowhere.csv\n");
  }

  @Test
  void shouldNameTheNearestProfile() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "id\n1\n");

    assertThat(
            run("replay", file.toString(), "--profile", "card_handbok", "--out", out().toString()))
        .isEqualTo(2);
    assertThat(said).contains("card_handbok").contains("card_handbook").hasLineCount(1);
  }

  @Test
  void shouldRefuseAFileThatTheProfileDoesNotFit() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "id,x\n1,2\n");

    assertThat(run("evaluate", "--from", file.toString(), "--profile", "card_handbook"))
        .isEqualTo(2);
    assertThat(said).contains("TRANSACTION_ID");
  }

  @Test
  void shouldRefuseAnEmptyRangeOfDates() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "id\n1\n");

    assertThat(
            run(
                "evaluate",
                "--from",
                file.toString(),
                "--profile",
                "card_handbook",
                "--since",
                "2018-08-15",
                "--until",
                "2018-08-08"))
        .isEqualTo(2);
    assertThat(said).contains("is not before");
  }

  @Test
  void shouldSayWhoHoldsThePort() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      assertThat(run("up", "--data", out().toString(), "--port", port)).isEqualTo(2);
      assertThat(said).contains(port).contains("in use").hasLineCount(1);
    }
  }

  @Test
  void shouldExitWithTwoWhereARequiredGpuIsMissing() throws IOException {
    try (Model probe = Releases.load(null, Device.CUDA).release().openModel()) {
      assumeFalse(probe.device().gpu(), "this machine has CUDA");
    }
    Path own =
        Files.writeString(
            folder.resolve("gpu.yaml"),
            """
            scoring:
              device: cuda-required
            """);

    assertThat(run("up", "--config", own.toString(), "--data", out().toString(), "--port", "0"))
        .isEqualTo(2);
    assertThat(said).contains("device cuda-required, but CUDA cannot be used: ").hasLineCount(1);
  }

  @Test
  void shouldRefuseADataDirectoryThatCannotBeMade() throws IOException {
    Path file = Files.writeString(folder.resolve("taken"), "");

    assertThat(run("up", "--data", file.resolve("data").toString(), "--port", "0")).isEqualTo(2);
    assertThat(said).hasLineCount(1);
  }

  @Test
  void shouldRefuseAModelThatIsNone() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "id\n1\n");

    assertThat(
            run(
                "replay",
                file.toString(),
                "--profile",
                "card_handbook",
                "--model",
                folder.toString(),
                "--out",
                out().toString()))
        .isEqualTo(2);
    assertThat(said).contains("manifest.json").hasLineCount(1);
  }

  private Path out() {
    return folder.resolve("out");
  }
}
