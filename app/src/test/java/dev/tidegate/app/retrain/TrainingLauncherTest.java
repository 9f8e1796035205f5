package dev.tidegate.app.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.app.command.RetrainRunCommand;
import dev.tidegate.app.config.Configuration;
import dev.tidegate.app.config.RetrainDials;
import dev.tidegate.app.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What the launcher tells the trainer, as the trainer's command understands it. */
final class TrainingLauncherTest {
  @TempDir private Path folder;

  /** Whatever is configured is a word that both the command and the gates know. */
  @ParameterizedTest
  @CsvSource({
    "channel, channel",
    "currency, currency",
    "merchant_category, merchantCategory",
    "payer_country, payerCountry",
    "payee_country, payeeCountry",
    "none,"
  })
  void shouldHandTheGatesTheGroupsOfFairness(String configured, @Nullable String groups)
      throws IOException {
    assertThat(value("--fairness-by", "retrain: {fairness-by: " + configured + "}"))
        .isEqualTo(groups);
  }

  @Test
  void shouldHandTheGroupsThatShip() throws IOException {
    assertThat(value("--fairness-by", "{}")).isEqualTo("payerCountry");
  }

  @Test
  void shouldHandHowToTrain() throws IOException {
    String own = "retrain: {label-delay: 3d, candidates: 5, search-time: 90s}";
    assertThat(value("--label-delay", own)).isEqualTo("PT72H");
    assertThat(value("--candidates", own)).isEqualTo("5");
    assertThat(value("--search-time", own)).isEqualTo("PT1M30S");
  }

  private @Nullable String value(String option, String own) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of("--request", "r.json", "--out", "o", "--bootstrap", "b:1", "--registry", "u"));
    line.addAll(TrainingLauncher.how(dials(own)));
    CommandLine command = new CommandLine(new RetrainRunCommand());
    command.parseArgs(line.toArray(String[]::new));
    Object value = command.getCommandSpec().findOption(option).getValue();
    return value == null ? null : value.toString();
  }

  private RetrainDials dials(String own) throws IOException {
    return Settings.of(Configuration.load(Files.writeString(folder.resolve("own.yaml"), own)))
        .retrain();
  }
}
