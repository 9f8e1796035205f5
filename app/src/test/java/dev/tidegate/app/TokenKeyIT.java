package dev.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.app.run.ChildCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The environment is a process's own, so each command runs in a child. */
final class TokenKeyIT {
  @TempDir private Path folder;

  @Test
  void shouldRefuseAShortTokenKeyInOneLineWithExitCodeTwo() throws Exception {
    String header =
        "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_TIME_SECONDS,"
            + "TX_TIME_DAYS,TX_FRAUD,TX_FRAUD_SCENARIO\n";
    String file = Files.writeString(folder.resolve("a.csv"), header).toString();
    // Each its own folder: "up" writes its log into its data before it refuses.
    String data = folder.resolve("data").toString();
    String out = folder.resolve("out").toString();
    String model = folder.resolve("model").toString();

    List<ChildCommand> commands =
        List.of(
            start("up", "--data", data, "--port", "0"),
            start("replay", file, "--profile", "card_handbook", "--out", out),
            start(
                "train",
                "--from",
                file,
                "--profile",
                "card_handbook",
                "--model",
                "m",
                "--out",
                model),
            start("evaluate", "--from", file, "--profile", "card_handbook"));

    for (ChildCommand command : commands) {
      assertThat(command.awaitEnd()).as("%s", command.err()).isEqualTo(2);
      assertThat(command.err())
          .containsExactly(
              "tidegate: TIDEGATE_TOKEN_KEY: the token key has 5 bytes; it needs at least 16");
      assertThat(command.out()).isEmpty();
    }
  }

  private static ChildCommand start(String... arguments) throws Exception {
    return ChildCommand.start(Map.of("TIDEGATE_TOKEN_KEY", "short"), arguments);
  }
}
