package dev.tidegate.app.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A Job starts the program as the image does. */
final class TrainerProgramTest {
  @Test
  void shouldStartTheProgramAsTheImageDoes() throws Exception {
    String pom =
        Files.readString(Path.of(System.getProperty("tidegate.home"), "app", "pom.xml"))
            .replaceAll("(?s).*<entrypoint>(.*)</entrypoint>.*", "$1");

    assertThat(TrainerProgram.inImage())
        .isEqualTo(
            Pattern.compile("<arg>(.*)</arg>")
                .matcher(pom)
                .results()
                .map((MatchResult found) -> found.group(1))
                .filter(word -> !word.equals("-XX:+ExitOnOutOfMemoryError"))
                .toList());
  }
}
