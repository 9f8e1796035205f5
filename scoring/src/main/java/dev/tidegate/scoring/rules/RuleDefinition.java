package dev.tidegate.scoring.rules;

import dev.tidegate.schemas.event.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * One version of one rule.
 *
 * @param id lower-case letters, digits, '.' and '-'
 * @param version counts from 1
 * @param when CEL that gives true where the rule fires
 * @param outcome asked for where it fires; null for a rule that only marks
 * @param weight added to its typology where it fires, 0 or more
 * @param typology that it counts for; null for none
 * @param validity payments that it looks at
 */
public record RuleDefinition(
    String id,
    int version,
    String when,
    @Nullable Outcome outcome,
    double weight,
    @Nullable String typology,
    Validity validity)
    implements Definition {
  /** Checks every value but the expression. */
  public RuleDefinition {
    Definition.requireNamed(id, version);
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new RuleRefused("rule " + id + ": weight must be 0 or more, not " + weight);
    }
  }

  /** A rule that counts for nothing, only marks, and always looks. */
  public static RuleDefinition marking(String id, String when) {
    return new RuleDefinition(id, 1, when, null, 0, null, Validity.ALWAYS);
  }

  /** The same, asking for an outcome. */
  public RuleDefinition asking(Outcome other) {
    return new RuleDefinition(id, version, when, other, weight, typology, validity);
  }

  /** The same, counting for a typology. */
  public RuleDefinition counting(String forTypology, double weighing) {
    return new RuleDefinition(id, version, when, outcome, weighing, forTypology, validity);
  }

  /** The same in another time box. */
  public RuleDefinition during(Validity other) {
    return new RuleDefinition(id, version, when, outcome, weight, typology, other);
  }

  @Override
  public String canonical() {
    return String.join(
        "\u001f",
        "rule",
        id,
        String.valueOf(version),
        when,
        String.valueOf(outcome),
        String.valueOf(weight),
        String.valueOf(typology),
        validity.toString());
  }
}
