package dev.tidegate.scoring.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.schemas.event.Transaction;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RuleLanguageTest {
  private static final RuleLanguage LANGUAGE =
      RuleLanguage.over(List.of("amount", "account_count_1h", "account_sum_1d"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "amount == 123.45",
        "amount > 123",
        "currency == 'EUR' && channel in ['card_online', 'card_pos']",
        "payer_country == 'DE' && payee_country == 'FR' && cross_border",
        "account == 'account-1' && card == 'card-1' && merchant == 'merchant-1'",
        "payee_account == '' && device == '' && ip == '' && customer == '' && terminal == ''",
        "has_card && has_merchant && !has_device && !has_ip && !has_terminal",
        "!has_payee_account && !known(payee_account) && known(card)",
        "!round_amount && hour == 22 && weekday == 2",
        "account_count_1h == 7.0 && account_count_1h > 6",
        "score >= 0.5 && score < 0.75",
        "known(account_count_1h) && !known(account_sum_1d)",
        "known_or(account_sum_1d, 3.0) == 3.0 && known_or(account_count_1h, 0.0) == 7.0"
      })
  void shouldFire(String when) {
    assertThat(fires(when, RulePayments.payment().build())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "account_sum_1d > 0.0",
        "account_sum_1d <= 0.0",
        "account_sum_1d == 0.0",
        "account_sum_1d * 2.0 + 1.0 > 0.0",
        "amount / account_sum_1d > 0.0 || amount / account_sum_1d <= 0.0"
      })
  void shouldTakeNoComparisonWithAMissingFeatureForTrue(String when) {
    assertThat(fires(when, RulePayments.payment().build())).isFalse();
  }

  @Property(tries = 300)
  void shouldCompareAsJavaDoes(@ForAll float left, @ForAll float right) {
    RuleSet set =
        RuleSet.of(
            RuleLanguage.over(List.of("left", "right")),
            List.of(
                RuleDefinition.marking("less", "left < right"),
                RuleDefinition.marking("equal", "left == right"),
                RuleDefinition.marking("more", "left > right"),
                RuleDefinition.marking("sum", "left + right > 0.0")));
    List<String> expected =
        IntStream.range(0, 4)
            .filter(
                i ->
                    switch (i) {
                      case 0 -> left == right;
                      case 1 -> left < right;
                      case 2 -> left > right;
                      default -> (double) left + (double) right > 0;
                    })
            .mapToObj(i -> List.of("equal", "less", "more", "sum").get(i))
            .toList();

    assertThat(RulePayments.ask(set, RulePayments.payment().build(), 0, left, right).fired())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          account_count_1hr > 1.0           | 1 | 1  | 'account_count_1hr' is not known; did you mean 'account_count_1h'?
          amount > 1.0 && chanel == 'card'  | 1 | 17 | 'chanel' is not known; did you mean 'channel'?
          amount >                          | 1 | 9  | mismatched input
          amount                            | 1 | 1  | gives double, not true or false
          currency > 5.0                    | 1 | 10 | does not take (string, double)
          """)
  void shouldSayWhereAndWhyARuleIsWrong(String when, int line, int column, String why) {
    assertThatThrownBy(() -> LANGUAGE.check(when))
        .isInstanceOfSatisfying(
            RuleRefused.class,
            refused -> {
              assertThat(refused.line()).isEqualTo(line);
              assertThat(refused.column()).isEqualTo(column);
              assertThat(refused).hasMessageContaining(why);
            });
  }

  @Test
  void shouldSayTheLineOfALongRule() {
    assertThatThrownBy(() -> LANGUAGE.check("amount > 1.0\n  && amont < 2.0"))
        .isInstanceOfSatisfying(
            RuleRefused.class,
            refused -> {
              assertThat(refused.line()).isEqualTo(2);
              assertThat(refused.column()).isEqualTo(6);
              assertThat(refused).hasMessageContaining("did you mean 'amount'?");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          score("gru") > 0.9                           | true
          score("gru") > 0.9 && score('rf-2.1') < 0.5  | true
          score("gru") > score && score > 0.4          | true
          score("gone") > 0.0                          | false
          score("gone") <= 1.0                         | false
          !known(score("gone"))                        | true
          known_or(score("gone"), 0.25) == 0.25        | true
          score("gru") - score("rf-2.1") > 0.7         | true
          """)
  void shouldAskSeveralModels(String when, boolean fires) {
    RuleSet set = RuleSet.of(LANGUAGE, List.of(RuleDefinition.marking("rule", when)));
    RuleFindings found =
        new RuleRun(set, id -> {})
            .ask(
                RulePayments.payment().build(),
                new float[] {1, 2, 3},
                0,
                0.5,
                name -> name.equals("gru") ? 0.95 : name.equals("rf-2.1") ? 0.125 : Double.NaN);

    assertThat(found.failures()).isZero();
    assertThat(found.fired().isEmpty()).isEqualTo(!fires);
  }

  @Test
  void shouldCostAndTypeAModelsScoreAsAnyNumber() {
    assertThat(LANGUAGE.check("score('gru') > 0.9").cost()).isEqualTo(3);
    assertThatThrownBy(() -> LANGUAGE.check("score('gru') == 'high'"))
        .isInstanceOf(RuleRefused.class);
    assertThatThrownBy(() -> LANGUAGE.check("score('gru')")).hasMessageContaining("gives double");
    for (String wrong : List.of("score(channel) > 0.5", "score(1) > 0.5", "score('a b') > 0.5")) {
      assertThatThrownBy(() -> LANGUAGE.check(wrong))
          .as(wrong)
          .isInstanceOf(RuleRefused.class)
          .hasMessageContaining("takes the name of a model in quotes");
    }
  }

  @Test
  void shouldRefuseAModelThatIsNotKnownWhereTheNamesAreGiven() {
    RuleLanguage strict = LANGUAGE.naming(Set.of("champion", "gru", "forest"));

    assertThat(strict.check("score('gru') > 0.9").cost()).isEqualTo(3);
    assertThatThrownBy(() -> strict.check("amount > 1.0\n  && score('forrest') > 0.9"))
        .isInstanceOfSatisfying(
            RuleRefused.class,
            refused -> {
              assertThat(refused.line()).isEqualTo(2);
              assertThat(refused.column()).isEqualTo(13);
              assertThat(refused).hasMessage("no model 'forrest' is known; did you mean 'forest'?");
            });
    assertThatThrownBy(() -> strict.check("score('something') > 0.9"))
        .hasMessage("no model 'something' is known; known: champion, forest, gru");
  }

  @Test
  void shouldHaveNothingToLoopOver() {
    assertThatThrownBy(() -> LANGUAGE.check("[1, 2].exists(x, x > 1)"))
        .isInstanceOf(RuleRefused.class);
    assertThatThrownBy(() -> LANGUAGE.check("[1, 2].all(x, x > 1)"))
        .isInstanceOf(RuleRefused.class);
  }

  @Test
  void shouldRefuseARuleOfTooManySteps() {
    String many =
        IntStream.range(0, 60)
            .mapToObj(i -> "amount > " + i + ".0")
            .collect(Collectors.joining("||"));

    assertThat(LANGUAGE.check("amount > 1.0").cost()).isEqualTo(3);
    assertThat(LANGUAGE.check(many).cost()).isEqualTo(60 * 3 + 59);
    assertThatThrownBy(() -> LANGUAGE.check(many + "||" + many))
        .isInstanceOf(RuleRefused.class)
        .hasMessageContaining("more than 400");
    assertThatThrownBy(
            () -> LANGUAGE.check("channel.contains('a')" + " || channel.contains('b')".repeat(20)))
        .hasMessageContaining("steps");
    assertThatThrownBy(() -> LANGUAGE.check(" ".repeat(RuleLanguage.LONGEST) + "true"))
        .hasMessageContaining("longer than");
  }

  private static boolean fires(String when, Transaction payment) {
    RuleSet set = RuleSet.of(LANGUAGE, List.of(RuleDefinition.marking("rule", when)));
    RuleFindings found = RulePayments.ask(set, payment, 0.5, 123.45f, 7, Float.NaN);
    assertThat(found.failures()).isZero();
    return !found.fired().isEmpty();
  }
}
