package dev.tidegate.scoring.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.scoring.library.LibraryTests.Result;
import dev.tidegate.scoring.rules.RuleLanguage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RuleLibraryTest {
  private static final RuleLanguage LANGUAGE = RuleLanguage.over(List.of("amount", "count_1h"));

  private static final String GOOD =
      """
      typology:
        id: bursts
        title: Bursts
        catches: Many payments.
        sources: ["A paper"]
        threshold: 1
        outcome: hold
        tests:
          - {fires: true, given: {count_1h: 9, amount: 3.5}}
          - {fires: false, given: {count_1h: 1}}
      rules:
        - id: bursts.many
          title: Many
          catches: Many within an hour.
          when: |
            count_1h > 5.0
            && amount > 1.0
          weight: 1
          tests:
            - {fires: true, given: {count_1h: 6, amount: 1.5}}
            - {fires: false, given: {count_1h: 6, amount: 0.5}}
      """;

  @TempDir private Path folder;

  @Test
  void shouldJudgeTheLabelledRowsOfAFile() throws IOException {
    List<Result> results = results(GOOD);

    assertThat(results).hasSize(4).allMatch(Result::passed);
    assertThat(results).extracting(Result::line).containsExactly(20, 21, 9, 10);
  }

  @Test
  void shouldSayWhichRowIsJudgedOtherwise() throws IOException {
    assertThat(results(GOOD.replace("{count_1h: 6, amount: 0.5}", "{count_1h: 6, amount: 2}")))
        .filteredOn(result -> !result.passed())
        .extracting(Result::id, Result::line, Result::problem)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("bursts.many", 21, "must not fire and does"));
    assertThat(results(GOOD.replace("amount: 1.5}", "amount: 0.1}")))
        .filteredOn(result -> !result.passed())
        .extracting(Result::problem)
        .containsExactly("must fire and does not");
    assertThat(results(GOOD.replace("amount: 1.5}", "amont: 0.1}")))
        .filteredOn(result -> !result.passed())
        .extracting(Result::problem)
        .containsExactly("'amont' is not known");
    assertThat(results(GOOD.replace("amount: 1.5}", "has_card: true}")))
        .filteredOn(result -> !result.passed())
        .extracting(Result::problem)
        .containsExactly("'has_card' follows from other fields; give those");
  }

  @Test
  void shouldAskForARowThatFiresAndOneThatDoesNot() throws IOException {
    assertThat(
            results(
                GOOD.replace("      - {fires: false, given: {count_1h: 6, amount: 0.5}}\n", "")))
        .filteredOn(result -> !result.passed())
        .extracting(Result::problem)
        .containsExactly("has no row with fires: false");
  }

  @Test
  void shouldSayTheLineOfWhatIsWrongInAFile() {
    refuse(GOOD.replace("&& amount", "&& amont"), "line 17: bursts.many");
    refuse(GOOD.replace("&& amount", "&& amont"), "did you mean 'amount'?");
    refuse(GOOD.replace("weight: 1", "wait: 1"), "line 18: unknown key 'wait'");
    refuse(GOOD.replace("weight: 1", "weight: much"), "line 18: 'weight' must be a number");
    refuse(GOOD.replace("outcome: hold", "outcome: halt"), "line 7: 'halt' must be one of approve");
    refuse(GOOD.replace("threshold: 1", "threshold: 0"), "threshold must be above 0");
    refuse(GOOD.replace("  sources: [\"A paper\"]\n", ""), "lacks 'sources'");
    refuse(GOOD.replace("title: Bursts", "title: \"Bursts"), "not YAML");
    refuse(GOOD.replace("fires: true", "fires: maybe"), "'fires' must be true or false");
    refuse("", "is empty");
  }

  private List<Result> results(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("bursts.yaml"), yaml);
    return LibraryTests.run(RuleLibrary.read(file, LANGUAGE), LANGUAGE);
  }

  private void refuse(String yaml, String why) {
    assertThatThrownBy(() -> results(yaml))
        .isInstanceOf(LibraryException.class)
        .hasMessageContaining("bursts.yaml")
        .hasMessageContaining(why);
  }
}
