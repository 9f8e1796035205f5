package dev.tidegate.app.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.app.run.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tidegate rules} says and how it exits. */
final class RulesCommandTest {
  private static final String GOOD =
      """
      typology:
        id: bursts
        title: Bursts
        catches: Many payments.
        sources: ["A paper"]
        tests:
          - {fires: true, given: {account_count_1h: 9}}
          - {fires: false, given: {account_count_1h: 1}}
      rules:
        - id: bursts.many
          title: Many
          catches: Many within an hour.
          when: account_count_1h > 5.0
          weight: 1
          tests:
            - {fires: true, given: {account_count_1h: 6}}
            - {fires: false, given: {account_count_1h: 5}}
      """;

  @TempDir private Path folder;

  @Test
  void shouldExitWithZeroWhenEachRowIsJudgedAsItSays() throws IOException {
    CommandRun run = CommandRun.of("rules", "test", "--rules", file(GOOD));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo("4 rows of 2 rules and typologies, all judged as they say\n");
  }

  @Test
  void shouldExitWithOneAndNameTheRowThatIsNot() throws IOException {
    String wrong = file(GOOD.replace("account_count_1h: 5}", "account_count_1h: 7}"));

    CommandRun run = CommandRun.of("rules", "test", "--rules", wrong);
    CommandRun json = CommandRun.of("rules", "test", "--rules", wrong, "--json");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("bursts.yaml line 17: bursts.many must not fire and does");
    assertThat(json.exitCode()).isEqualTo(1);
    JsonNode node = new JsonMapper().readTree(json.out());
    assertThat(node.path("failed").asInt()).isEqualTo(1);
    assertThat(node.path("results").get(1).path("line").asInt()).isEqualTo(17);
  }

  @Test
  void shouldSayWhereAnExpressionIsWrong() throws IOException {
    CommandRun run =
        CommandRun.of("rules", "check", file(GOOD.replace("when: account_", "when: acount_")));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("bursts.yaml line 13: bursts.many line 1, character 1: 'acount_count_1h' is not")
        .contains("did you mean 'account_count_1h'?");
  }

  @Test
  void shouldSayTheNearestNameOfAModelWhereTheyAreGiven() throws IOException {
    String asks = file(GOOD.replace("account_count_1h > 5.0", "score('forrest') > 0.9"));

    CommandRun run = CommandRun.of("rules", "check", asks, "--models", "forest,gru");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("bursts.many line 1, character 8: no model 'forrest' is known")
        .contains("did you mean 'forest'?");
    assertThat(CommandRun.of("rules", "check", asks).exitCode()).isZero();
  }

  @Test
  void shouldListRulesThatAreRight() throws IOException {
    CommandRun run = CommandRun.of("rules", "check", file(GOOD));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("bursts.many", "1 typologies, 1 rules, version ");
  }

  @Test
  void shouldRefuseABacktestWithoutAHistory() throws IOException {
    CommandRun run = CommandRun.of("rules", "backtest", file(GOOD), "--history", folder.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("is this a history?");
  }

  private String file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("bursts.yaml"), yaml).toString();
  }
}
