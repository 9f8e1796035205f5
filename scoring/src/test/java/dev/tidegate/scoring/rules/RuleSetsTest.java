package dev.tidegate.scoring.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.schemas.event.Lane;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.Rule;
import dev.tidegate.schemas.event.RuleKind;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RuleSetsTest {
  private static final RuleLanguage LANGUAGE = RuleLanguage.over(List.of("a", "b"));

  private final RuleSets sets = new RuleSets(RuleSet.empty(LANGUAGE));

  @Test
  void shouldTakeARuleAndItsNextVersion() {
    assertThat(apply(event("rule", 1).setExpression("a > 1.0").setOutcome(Outcome.HOLD))).isTrue();
    assertThat(fired(2)).containsExactly("rule");
    String first = sets.current().version();

    assertThat(apply(event("rule", 2).setExpression("a > 5.0"))).isTrue();
    assertThat(fired(2)).isEmpty();
    assertThat(sets.current().version()).isNotEqualTo(first);
    assertThat(sets.applied()).isEqualTo(2);
    assertThat(sets.refused()).isZero();
  }

  @Test
  void shouldKeepTheVersionBeforeOneThatDoesNotCompile() {
    apply(event("rule", 1).setExpression("a > 1.0"));
    RuleSet before = sets.current();

    assertThat(apply(event("rule", 2).setExpression("aa > 1.0"))).isFalse();

    assertThat(sets.current()).isSameAs(before);
    assertThat(sets.refused()).isEqualTo(1);
    assertThat(sets.takeRefusals())
        .singleElement()
        .asString()
        .contains("rule is refused", "'aa' is not known", "did you mean 'a'?");
    assertThat(sets.takeRefusals()).isEmpty();
  }

  @Test
  void shouldRefuseWhatNoSecondPersonApproved() {
    assertThat(apply(event("rule", 1).setApprovedBy(null))).isFalse();
    assertThat(apply(event("rule", 1).setApprovedBy("alice"))).isFalse();
    assertThat(apply(event("rule", 1).setApprovedBy(" Alice"))).isFalse();
    assertThat(apply(event("rule", 1).setBy(" "))).isFalse();
    assertThat(sets.current().definitions()).isEmpty();
    assertThat(sets.refused()).isEqualTo(4);
  }

  @Test
  void shouldRefuseOldVersionsAndASecondContentOfOne() {
    apply(event("rule", 3).setExpression("a > 1.0"));
    RuleSet before = sets.current();

    assertThat(apply(event("rule", 2).setExpression("a > 2.0"))).isFalse();
    assertThat(apply(event("rule", 3).setExpression("a > 2.0"))).isFalse();
    assertThat(apply(event("rule", 3).setExpression("a > 1.0"))).isTrue();
    assertThat(sets.current()).isSameAs(before);
  }

  @Test
  void shouldWithdrawByAnEventAndByARecordWithoutAValue() {
    apply(event("one", 1));
    apply(event("two", 1));

    assertThat(apply(event("one", 2).setActive(false))).isTrue();
    assertThat(sets.apply("two", null)).isTrue();
    assertThat(sets.current().version()).isEmpty();
  }

  @Test
  void shouldTakeTypologiesListsAndTimeBoxesInAnyOrder() {
    apply(event("part", 1).setExpression("a > 1.0").setTypology("whole").setWeight(1.0));
    apply(
        event("whole", 1)
            .setKind(RuleKind.TYPOLOGY)
            .setExpression("")
            .setThreshold(1.0)
            .setLane(Lane.AML));
    apply(event("deny", 1).setKind(RuleKind.DENY).setExpression("card == 'card-9'"));
    apply(event("allow", 1).setKind(RuleKind.ALLOW).setExpression("card == 'card-1'"));
    apply(event("over", 1).setExpression("true").setValidUntilMs(RulePayments.TIME_MS));
    apply(event("early", 1).setExpression("true").setValidFromMs(RulePayments.TIME_MS + 1));

    assertThat(sets.refused()).isZero();
    assertThat(fired(2)).containsExactly("part", "whole", "allow");
    assertThat(fired(0)).containsExactly("allow");
    assertThat(apply(event("whole", 2).setKind(RuleKind.TYPOLOGY))).isFalse();
  }

  @Test
  void shouldRefuseAKeyThatIsNotTheId() {
    assertThat(sets.apply("other", event("rule", 1).build())).isFalse();
  }

  private boolean apply(Rule.Builder event) {
    Rule rule = event.build();
    return sets.apply(rule.getRuleId(), rule);
  }

  private List<String> fired(float a) {
    return RulePayments.ask(sets.current(), RulePayments.payment().build(), 0, a, 0).fired();
  }

  private static Rule.Builder event(String id, int version) {
    return Rule.newBuilder()
        .setRuleId(id)
        .setVersion(version)
        .setName("a rule")
        .setExpression("true")
        .setWeight(0)
        .setActive(true)
        .setBy("alice")
        .setApprovedBy("bob")
        .setAtMs(1);
  }
}
