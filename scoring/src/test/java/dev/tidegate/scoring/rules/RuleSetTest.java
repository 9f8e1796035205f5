package dev.tidegate.scoring.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.schemas.event.Lane;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.scoring.rules.RuleFindings.Listing;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class RuleSetTest {
  private static final RuleLanguage LANGUAGE = RuleLanguage.over(List.of("a", "b"));
  private static final Transaction PAYMENT = RulePayments.payment().build();

  @Test
  void shouldSayNothingWithoutRules() {
    assertThat(RulePayments.ask(RuleSet.empty(LANGUAGE), PAYMENT, 0.9, 1, 2))
        .isSameAs(RuleFindings.NOTHING);
    assertThat(RuleSet.empty(LANGUAGE).version()).isEmpty();
  }

  @Test
  void shouldAskForTheStrictestOutcomeOfWhatFired() {
    RuleSet set =
        RuleSet.of(
            LANGUAGE,
            List.of(
                RuleDefinition.marking("marks", "a > 0.0"),
                RuleDefinition.marking("steps-up", "a > 1.0").asking(Outcome.STEP_UP),
                RuleDefinition.marking("declines", "a > 2.0").asking(Outcome.DECLINE),
                RuleDefinition.marking("holds", "a > 2.0").asking(Outcome.HOLD)));

    assertThat(RulePayments.ask(set, PAYMENT, 0, 1, 0))
        .isEqualTo(new RuleFindings(List.of("marks"), null, null, Listing.NONE, 0));
    assertThat(RulePayments.ask(set, PAYMENT, 0, 2, 0).outcome()).isEqualTo(Outcome.STEP_UP);
    assertThat(RulePayments.ask(set, PAYMENT, 0, 3, 0))
        .isEqualTo(
            new RuleFindings(
                List.of("declines", "holds", "marks", "steps-up"),
                Outcome.DECLINE,
                Lane.FRAUD,
                Listing.NONE,
                0));
  }

  @Property(tries = 200)
  void shouldMeetATypologyFromItsThresholdOn(
      @ForAll @Size(max = 8) List<@IntRange(min = 0, max = 10) Integer> tenths,
      @ForAll @IntRange(min = 1, max = 30) int threshold,
      @ForAll int firing) {
    List<Definition> definitions = new ArrayList<>();
    definitions.add(
        new TypologyDefinition("typology", 1, threshold / 10.0, null, Lane.AML, Validity.ALWAYS));
    int sum = 0;
    for (int i = 0; i < tenths.size(); i++) {
      boolean fires = (firing >> i & 1) == 1;
      definitions.add(
          RuleDefinition.marking("rule-" + i, String.valueOf(fires))
              .counting("typology", tenths.get(i) / 10.0));
      sum += fires ? tenths.get(i) : 0;
    }

    RuleFindings found = RulePayments.ask(RuleSet.of(LANGUAGE, definitions), PAYMENT, 0, 0, 0);

    assertThat(found.fired().contains("typology")).isEqualTo(sum >= threshold);
    assertThat(found.alert()).isEqualTo(sum >= threshold ? Lane.AML : null);
    assertThat(found.outcome()).isNull();
  }

  @Test
  void shouldCountARuleThatFailsAndAskTheOthers() {
    List<String> failed = new ArrayList<>();
    RuleSet set =
        RuleSet.of(
            LANGUAGE,
            List.of(
                RuleDefinition.marking("divides", "10 / (hour - 22) > 1").asking(Outcome.DECLINE),
                RuleDefinition.marking("overflows", "9223372036854775807 + hour > 1"),
                RuleDefinition.marking("patterns", "channel.matches('(')"),
                RuleDefinition.marking("still", "a > 0.0")));
    RuleRun run = new RuleRun(set, failed::add);

    RuleFindings found = run.ask(PAYMENT, new float[] {1, 1}, 0, 0);

    assertThat(found.failures()).isEqualTo(3);
    assertThat(found.fired()).containsExactly("still");
    assertThat(found.outcome()).isNull();
    assertThat(failed).containsExactly("divides", "overflows", "patterns");
  }

  @Test
  void shouldLookOnlyAtPaymentsOfItsTime() {
    long at = RulePayments.TIME_MS;
    RuleSet set =
        RuleSet.of(
            LANGUAGE,
            List.of(
                RuleDefinition.marking("from", "true").during(new Validity(at, at + 1)),
                RuleDefinition.marking("later", "true").during(new Validity(at + 1, at + 2)),
                RuleDefinition.marking("until", "true").during(new Validity(at - 1, at))));

    assertThat(RulePayments.ask(set, PAYMENT, 0, 0, 0).fired()).containsExactly("from");
    assertThatThrownBy(() -> new Validity(at, at)).isInstanceOf(RuleRefused.class);
  }

  @Test
  void shouldReadTheRowItIsGivenOutOfMany() {
    RuleSet set =
        RuleSet.of(LANGUAGE, List.of(RuleDefinition.marking("a", "a == 3.0 && b == 4.0")));
    RuleRun run = new RuleRun(set, id -> {});

    assertThat(run.ask(PAYMENT, new float[] {1, 2, 3, 4}, 0, 0).fired()).isEmpty();
    assertThat(run.ask(PAYMENT, new float[] {1, 2, 3, 4}, 2, 0).fired()).containsExactly("a");
  }

  @Test
  void shouldFindListedTokensAndDenyBeforeItAllows() {
    RuleSet set =
        RuleSet.of(
            LANGUAGE,
            List.of(
                list("allow-card", false, "card in ['card-1', 'card-2']"),
                list("deny-account", true, "account == 'account-9'"),
                list("deny-payee", true, "payee_account in ['mule-1']")));

    assertThat(RulePayments.ask(set, PAYMENT, 0, 0, 0))
        .isEqualTo(new RuleFindings(List.of("allow-card"), null, null, Listing.ALLOWED, 0));
    Transaction toMule = RulePayments.payment().setPayeeAccount("mule-1").build();
    assertThat(RulePayments.ask(set, toMule, 0, 0, 0))
        .extracting(RuleFindings::listing, RuleFindings::fired)
        .containsExactly(Listing.DENIED, List.of("deny-payee"));
  }

  @Test
  void shouldRefuseAListOfAnythingButTokens() {
    for (String when :
        List.of(
            "amount > 5.0", "card != 'x'", "channel == 'atm'", "card == ''", "card == account")) {
      assertThatThrownBy(() -> RuleSet.of(LANGUAGE, List.of(list("list", true, when))))
          .isInstanceOf(RuleRefused.class)
          .hasMessageContaining("a list names tokens of one field");
    }
  }

  @Test
  void shouldHaveTheVersionOfWhatDecidesWhateverTheWayThere() {
    RuleDefinition one = RuleDefinition.marking("one", "a > 1.0");
    RuleDefinition two = RuleDefinition.marking("two", "b > 1.0");
    RuleSet both = RuleSet.of(LANGUAGE, List.of(two, one));

    assertThat(both.version()).hasSize(16);
    assertThat(RuleSet.empty(LANGUAGE).with(one).with(two).version()).isEqualTo(both.version());
    assertThat(both.without("two").with(two).version()).isEqualTo(both.version());
    assertThat(both.with(one.asking(Outcome.HOLD)).version()).isNotEqualTo(both.version());
    assertThat(both.with(RuleDefinition.marking("two", "b > 2.0")).version())
        .isNotEqualTo(both.version());
    assertThat(both.without("one").without("two").version()).isEmpty();
    assertThat(both.without("three")).isSameAs(both);
  }

  @Test
  void shouldCompileOnlyWhatChanged() {
    RuleSet set = RuleSet.of(LANGUAGE, List.of(RuleDefinition.marking("one", "a > 1.0")));
    RuleSet more = set.with(RuleDefinition.marking("two", "b > 1.0"));

    assertThat(more.rules().get(0)).isSameAs(set.rules().get(0));
  }

  @Test
  void shouldRefuseTwoOfOneIdAndTooManyRules() {
    RuleDefinition rule = RuleDefinition.marking("rule", "true");

    assertThatThrownBy(() -> RuleSet.of(LANGUAGE, List.of(rule, rule)))
        .hasMessageContaining("stands twice");
    assertThatThrownBy(() -> RuleDefinition.marking("Not An Id", "true"))
        .isInstanceOf(RuleRefused.class);
    List<RuleDefinition> many =
        IntStream.range(0, RuleSet.MOST_RULES + 1)
            .mapToObj(i -> RuleDefinition.marking("r" + i, "true"))
            .toList();
    assertThatThrownBy(() -> RuleSet.of(LANGUAGE, many)).hasMessageContaining("more than 1000");
  }

  private static ListDefinition list(String id, boolean deny, String when) {
    return new ListDefinition(id, 1, deny, when, Validity.ALWAYS);
  }
}
