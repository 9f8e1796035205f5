package dev.tidegate.features.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong in a catalogue is said with its line, in words, with the way to mend it. */
class CatalogueErrorsTest {
  private static List<String> problems(String yaml) {
    return catchThrowableOfType(
            CatalogueException.class,
            () -> Catalogue.parse(yaml, "config/features.yaml", Rates.none()))
        .problems();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {entity: acount, aggregate: count, windows: [1d]} | there is no entity 'acount'; did you mean 'account'?
          {entity: zebra, aggregate: count, windows: [1d]} | there is no entity 'zebra'; there are account, card, customer, counterparty, terminal, merchant, device, ip, corridor
          {entity: card, aggregate: cuont, windows: [1d]} | there is no aggregate 'cuont'; did you mean 'count'?
          {entity: card, aggregate: count, windws: [1d], windows: [1d]} | the feature has an unknown key 'windws'; did you mean 'windows'?
          {entity: card, aggregate: distinct, field: merchnt, windows: [1d]} | there is no field 'merchnt'; did you mean 'merchant'?
          {entity: card, aggregate: distinct, windows: [1d]} | distinct needs a field, such as field: merchant
          {entity: card, aggregate: count, field: amount, windows: [1d]} | count takes no field; take it out
          {entity: card, aggregate: sum, field: amont, windows: [1d]} | there is no amount 'amont'; did you mean 'amount'?
          {entity: card, aggregate: sum, field: base_amount, windows: [1d]} | base_amount needs a rates table; put rates.yaml beside the catalogue
          {entity: card, aggregate: count} | count needs windows, such as windows: [1h, 1d, 30d]
          {entity: card, aggregate: count, windows: [31d]} | window '31d' must be from 1m to 30d in m, h or d, such as 5m, 1h or 7d
          {entity: card, aggregate: count, windows: [30s]} | window '30s' must be from 1m to 30d in m, h or d, such as 5m, 1h or 7d
          {entity: card, aggregate: first_seen, windows: [1d]} | first_seen looks at all time; take 'windows' out
          {entity: card, aggregate: first_seen, filter: hour > 1, as: a} | first_seen takes no filter; take it out
          {entity: card, aggregate: time_since, field: ip} | time_since needs windows, such as windows: [1h, 1d, 30d]
          {entity: card, aggregate: risk, windows: [1d]} | risk needs a delay, such as delay: 7d: without it, it would see labels that a bank does not have yet
          {entity: card, aggregate: frauds, delay: 0d, windows: [1d]} | frauds needs a delay, such as delay: 7d: without it, it would see labels that a bank does not have yet
          {entity: card, aggregate: risk, delay: 121d, windows: [1d]} | delay must be from 0d to 120d in m, h or d, such as delay: 7d
          {entity: card, aggregate: max, delay: 7d, windows: [1d]} | max takes no delay; count, sum, mean, deviation, frauds and risk do
          {entity: card, aggregate: quantile_ratio, quantile: 50, windows: [1d]} | quantile_ratio needs a quantile above 0 and at most 1, such as quantile: 0.5
          {entity: card, aggregate: quantile_ratio, windows: [1d]} | quantile_ratio needs a quantile above 0 and at most 1, such as quantile: 0.5
          {entity: card, aggregate: count, quantile: 0.5, windows: [1d]} | count takes no quantile; take it out
          {entity: card, aggregate: count, with_itself: maybe, windows: [1d]} | with_itself must be true or false
          {entity: card, aggregate: count, with_itself: true, delay: 1d, windows: [1d]} | a delayed window never holds the payment; take with_itself out
          {entity: card, aggregate: is_new, field: ip, with_itself: true, windows: [1d]} | is_new takes no with_itself; take it out
          {entity: card, aggregate: count, filter: hour > 1, windows: [1d]} | a filter needs 'as', a word for the features' names, such as as: online
          {entity: card, aggregate: count, filter: hour > 1, as: On-line, windows: [1d]} | 'as' must be a word of lower case letters, digits and _, such as online
          {entity: card, aggregate: count, filter: chanel == "a", as: a, windows: [1d]} | the filter does not compile at character 1: 'chanel' is not known; did you mean 'channel'?
          {entity: card, aggregate: count, filter: amount > "a", as: a, windows: [1d]} | the filter does not compile at character 8: '>' does not take (double, string)
          {entity: card, aggregate: count, filter: amount == 5, as: a, windows: [1d]} | the filter does not compile at character 8: '==' does not take (double, int); write whole numbers with a point, such as 200.0
          {entity: card, aggregate: count, filter: amount + 1.0, as: a, windows: [1d]} | the filter gives double, not true or false; compare it: amount > 100.0
          {entity: card, aggregate: [count, sum], windows: [1d, 24h]} | feature 'card_count_1d' is declared already on line 3; take one out, or name this one with 'as'
          {entity: card, aggregate: count, windows: [1d], source: handbook} | there is no source 'handbook'; name it under 'sources'
          {payment: [amount, hour_of_dya]} | there is no value of a payment 'hour_of_dya'; did you mean 'hour_of_day'?
          {payment: base_amount} | base_amount needs a rates table; put rates.yaml beside the catalogue
          {ratio: [is_nigth, is_night]} | there is no feature 'is_nigth'; did you mean 'is_night'?
          {ratio: [is_night]} | a ratio is of two features, such as ratio: [card_sum_1d, card_sum_30d]
          {ratio: [a, is_night], as: a} | ratio 'a' stands in a circle, so it has no value; mend a
          {ratio: [is_night, is_night], as: score} | no feature can be named 'score': so the model's own score is named in rules and in what drift is measured against; name this one otherwise with 'as'
          {aggregate: count, windows: [1d]} | the feature lacks 'entity'; write for example entity: account
          {entity: card, entity: card, aggregate: count, windows: [1d]} | 'entity' stands twice; keep one
          {pament: [amount]} | a feature is {entity: ..., aggregate: ..., windows: [...]}, {payment: [...]} or {ratio: [..., ...]}; did you mean 'payment'?
          amount | the feature must be a map: {key: value, ...}
          """)
  void shouldSayWhatIsWrongAndHow(String line, String message) {
    String yaml = "features:\n  - {payment: is_night}\n  - " + line.strip() + "\n";
    assertThat(problems(yaml)).contains("config/features.yaml line 3: " + message.strip());
  }

  @Test
  void shouldReportAllProblemsTogetherInTheOrderOfTheFile() {
    String yaml =
        """
        # one
        features:
          - {entity: cord, aggregate: count, windows: [1d]}
          - entity: card
            aggregate: sum
            windows: [1d, 99d]
          - {ratio: [card_sum_1d, card_sum_2d]}
        sequences:
          - {entity: card, length: 33}
        sequnces: []
        """;
    assertThat(problems(yaml))
        .containsExactly(
            "config/features.yaml line 3: there is no entity 'cord'; did you mean 'card'?",
            "config/features.yaml line 6: window '99d' must be from 1m to 30d in m, h or d, such as"
                + " 5m, 1h or 7d",
            "config/features.yaml line 7: there is no feature 'card_sum_2d'; did you mean"
                + " 'card_sum_1d'?",
            "config/features.yaml line 9: length must be a whole number from 1 to 32",
            "config/features.yaml line 10: the catalogue has an unknown key 'sequnces'; did you"
                + " mean 'sequences'?");
  }

  @Test
  void shouldRefuseRatiosThatNeedEachOther() {
    String yaml =
        "features:\n"
            + Texts.indented(
                "{payment: amount}", "{ratio: [b, amount], as: a}", "{ratio: [amount, a], as: b}");
    assertThat(problems(yaml))
        .containsExactly(
            "config/features.yaml line 3: ratio 'a' stands in a circle, so it has no value; mend"
                + " a, b",
            "config/features.yaml line 4: ratio 'b' stands in a circle, so it has no value; mend"
                + " a, b");
  }

  @Test
  void shouldRefuseTextsThatAreNoCatalogue() {
    assertThat(problems("")).containsExactly("config/features.yaml line 1: the catalogue is empty");
    assertThat(problems("features:\n  - {a: [}\n"))
        .singleElement()
        .asString()
        .startsWith("config/features.yaml line 2: not YAML: ");
    assertThat(problems("features: []"))
        .containsExactly("config/features.yaml line 1: the catalogue declares no feature");
    assertThat(problems("{}")).singleElement().asString().contains("lacks 'features'");
  }

  @Test
  void shouldRefuseMoreFiltersThanBits() {
    StringBuilder yaml = new StringBuilder("features:\n");
    for (int i = 0; i <= Filters.MOST; i++) {
      yaml.append("  - {entity: ip, aggregate: count, windows: 1d, as: f").append(i);
      yaml.append(", filter: amount > ").append(i).append(".0}\n");
    }
    assertThat(problems(yaml.toString()))
        .containsExactly(
            "config/features.yaml line 62: a catalogue has at most 60 different filters");
  }

  @Test
  void shouldRefuseASecondSequenceOfAnEntity() {
    String yaml =
        """
        features: [{payment: amount}]
        sequences:
          - {entity: card, length: 32}
          - {entity: card, length: 16}
        """;
    assertThat(problems(yaml))
        .containsExactly("config/features.yaml line 4: card has a sequence already; take one out");
  }

  @Test
  void shouldRefuseFieldsThatASequenceCannotTell() {
    String yaml =
        """
        features: [{payment: amount}]
        sequences:
          - entity: card
            length: 32
            fields: [agee, same_card,
              same_merchat,
              age, age,
              base_amount]
          - {entity: account, length: 32, fields: []}
          - {entity: customer, lenght: 32}
        """;
    assertThat(problems(yaml))
        .containsExactly(
            "config/features.yaml line 5: there is no field of a sequence 'agee'; did you mean"
                + " 'age'?",
            "config/features.yaml line 5: same_card is the same for all events of one card; take it"
                + " out",
            "config/features.yaml line 6: there is no field of a sequence 'same_merchat'; did you"
                + " mean 'same_merchant'?",
            "config/features.yaml line 7: field 'age' stands there twice; take one out",
            "config/features.yaml line 8: base_amount needs a rates table; put rates.yaml beside"
                + " the catalogue",
            "config/features.yaml line 9: a sequence needs a field; leave 'fields' out for age,"
                + " amount, hour_of_day, same_counterparty, same_category, same_country,"
                + " same_device",
            "config/features.yaml line 10: the sequence has an unknown key 'lenght'; did you mean"
                + " 'length'?",
            "config/features.yaml line 10: the sequence lacks 'length'; write for example length:"
                + " 32");
  }

  @Test
  void shouldNameAFileThatIsNotThere() {
    assertThatThrownBy(() -> Catalogue.read(Path.of("nowhere", "features.yaml")))
        .isInstanceOf(CatalogueException.class)
        .hasMessageContaining("nowhere/features.yaml")
        .hasMessageContaining("cannot be read");
  }

  @Test
  void shouldNameTheNearestPlace() {
    Catalogue catalogue = Texts.catalogue("{payment: amount}");
    assertThatThrownBy(() -> catalogue.place("amuont"))
        .hasMessageContaining("did you mean 'amount'?");
  }
}
