package dev.tidegate.scoring.rules;

import dev.tidegate.schemas.event.Lane;
import dev.tidegate.schemas.event.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * One version of one typology: met where the weights of its rules that fire reach its threshold. A
 * typology that is met raises an alert.
 *
 * @param id as of a rule
 * @param version counts from 1
 * @param threshold sum of weights, above 0
 * @param outcome asked for where it is met; null to alert only
 * @param lane of its alerts
 * @param validity payments that it looks at
 */
public record TypologyDefinition(
    String id,
    int version,
    double threshold,
    @Nullable Outcome outcome,
    Lane lane,
    Validity validity)
    implements Definition {
  /** Checks every value. */
  public TypologyDefinition {
    Definition.requireNamed(id, version);
    if (!(threshold > 0 && threshold < Double.POSITIVE_INFINITY)) {
      throw new RuleRefused("typology " + id + ": threshold must be above 0, not " + threshold);
    }
  }

  /** The same with another threshold. */
  public TypologyDefinition from(double other) {
    return new TypologyDefinition(id, version, other, outcome, lane, validity);
  }

  @Override
  public String canonical() {
    return String.join(
        "\u001f",
        "typology",
        id,
        String.valueOf(version),
        String.valueOf(threshold),
        String.valueOf(outcome),
        lane.toString(),
        validity.toString());
  }
}
