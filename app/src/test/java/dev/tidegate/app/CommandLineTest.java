package dev.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command says and how it exits when it is used wrongly. */
final class CommandLineTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream realOut = System.out;
  private final PrintStream realErr = System.err;

  @TempDir private Path folder;

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void release() {
    System.setOut(realOut);
    System.setErr(realErr);
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "up", "replay", "simulate", "train", "evaluate", "profile", "profile check"})
  void shouldHelpWithEveryCommand(String command) {
    String line = (command + " --help").strip();

    assertThat(Tidegate.run(line.split(" "))).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Usage: tidegate");
  }

  @Test
  void shouldExitWithTwoOnAnUnknownOption() {
    assertThat(Tidegate.run("up", "--speed", "9")).isEqualTo(2);
    assertThat(said()).contains("--speed");
  }

  @Test
  void shouldExitWithTwoOnAMissingFile() {
    assertThat(
            Tidegate.run(
                "replay", "nowhere.csv", "--profile", "card_handbook", "--out", out().toString()))
        .isEqualTo(2);
    assertThat(said()).isEqualTo("tidegate: there is no file nowhere.csv\n");
  }

  @Test
  void shouldNameTheNearestProfile() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "id\n1\n");

    assertThat(
            Tidegate.run(
                "replay", file.toString(), "--profile", "card_handbok", "--out", out().toString()))
        .isEqualTo(2);
    assertThat(said()).contains("card_handbok").contains("card_handbook").hasLineCount(1);
  }

  @Test
  void shouldRefuseAFileThatTheProfileDoesNotFit() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "id,x\n1,2\n");

    assertThat(Tidegate.run("evaluate", "--from", file.toString(), "--profile", "card_handbook"))
        .isEqualTo(2);
    assertThat(said()).contains("TRANSACTION_ID");
  }

  @Test
  void shouldRefuseAnEmptyRangeOfDates() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "id\n1\n");

    assertThat(
            Tidegate.run(
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
    assertThat(said()).contains("is not before");
  }

  @Test
  void shouldSayWhoHoldsThePort() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      assertThat(Tidegate.run("up", "--data", out().toString(), "--port", port)).isEqualTo(2);
      assertThat(said()).contains(port).contains("in use").hasLineCount(1);
    }
  }

  @Test
  void shouldRefuseADataDirectoryThatCannotBeMade() throws IOException {
    Path file = Files.writeString(folder.resolve("taken"), "");

    assertThat(Tidegate.run("up", "--data", file.resolve("data").toString(), "--port", "0"))
        .isEqualTo(2);
    assertThat(said()).hasLineCount(1);
  }

  @Test
  void shouldRefuseAModelThatIsNone() throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "id\n1\n");

    assertThat(
            Tidegate.run(
                "replay",
                file.toString(),
                "--profile",
                "card_handbook",
                "--model",
                folder.toString(),
                "--out",
                out().toString()))
        .isEqualTo(2);
    assertThat(said()).contains("manifest.json").hasLineCount(1);
  }

  private Path out() {
    return folder.resolve("out");
  }
}
