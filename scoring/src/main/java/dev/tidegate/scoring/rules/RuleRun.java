package dev.tidegate.scoring.rules;

import dev.tidegate.schemas.event.Lane;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.scoring.rules.RuleFindings.Listing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks a rule set about one payment after the other. Allocates a box for each name that a payment's
 * rules look at, and a result where something fired. Running time: the steps of the rules. Not
 * thread safe; uses buffers of its own.
 */
public final class RuleRun {
  /** Weights are decimals such as 0.1, whose sums are a little beside. */
  private static final double ROUNDING = 1e-9;

  // configuration
  private final RuleSet set;
  private final Consumer<String> onFailure;

  // runtime
  private final RuleRow row;
  private final double[] weights;
  private final List<String> fired = new ArrayList<>();
  private @Nullable Outcome outcome;
  private @Nullable Lane alert;
  private int failures;
  private int asked;

  /**
   * A run of a set.
   *
   * @param onFailure told the id of a rule that could not be asked, each time
   */
  public RuleRun(RuleSet set, Consumer<String> onFailure) {
    this.set = set;
    this.onFailure = onFailure;
    this.row = new RuleRow(set.language().features());
    this.weights = new double[set.typologies().size()];
  }

  /** The rules that are asked. */
  public RuleSet set() {
    return set;
  }

  /**
   * Asks all rules.
   *
   * @param values features of rows, in the order of the set's language; NaN where one is missing
   * @param from where this payment's begin
   * @param score probability of the model; NaN if none answered
   */
  public RuleFindings ask(Transaction payment, float[] values, int from, double score) {
    return ask(payment, values, from, score, ModelScores.NONE);
  }

  /**
   * Asks all rules, with what single models say besides.
   *
   * @param models asked only for names that a rule looks at
   */
  public RuleFindings ask(
      Transaction payment, float[] values, int from, double score, ModelScores models) {
    if (set.isEmpty()) {
      return RuleFindings.NOTHING;
    }
    row.set(payment, values, from, score, models);
    fired.clear();
    outcome = null;
    alert = null;
    failures = 0;
    asked = 0;
    Arrays.fill(weights, 0);
    askRules(payment.getEventTimeMs());
    weighTypologies(payment.getEventTimeMs());
    ListDefinition listed = set.lists().met(payment);
    if (listed != null) {
      fired.add(listed.id());
    }
    if (fired.isEmpty() && failures == 0) {
      return RuleFindings.NOTHING;
    }
    boolean down = failures > 0 && failures == asked;
    return new RuleFindings(List.copyOf(fired), outcome, alert, listing(listed), failures, down);
  }

  private static Listing listing(@Nullable ListDefinition listed) {
    if (listed == null) {
      return Listing.NONE;
    }
    return listed.deny() ? Listing.DENIED : Listing.ALLOWED;
  }

  private void askRules(long timeMs) {
    List<CompiledRule> rules = set.rules();
    for (int i = 0; i < rules.size(); i++) {
      CompiledRule rule = rules.get(i);
      if (!rule.definition().validity().covers(timeMs)) {
        continue;
      }
      asked++;
      switch (rule.ask(row)) {
        case FIRES -> fires(rule.definition(), set.typologyOf(i));
        case FAILED -> {
          failures++;
          onFailure.accept(rule.definition().id());
        }
        case SILENT -> {}
      }
    }
  }

  private void fires(RuleDefinition rule, int typology) {
    fired.add(rule.id());
    if (typology >= 0) {
      weights[typology] += rule.weight();
    }
    if (rule.outcome() != null) {
      asks(rule.outcome());
      alerts(Lane.FRAUD);
    }
  }

  private void weighTypologies(long timeMs) {
    List<TypologyDefinition> typologies = set.typologies();
    for (int i = 0; i < weights.length; i++) {
      TypologyDefinition typology = typologies.get(i);
      if (weights[i] + ROUNDING >= typology.threshold() && typology.validity().covers(timeMs)) {
        fired.add(typology.id());
        alerts(typology.lane());
        if (typology.outcome() != null) {
          asks(typology.outcome());
        }
      }
    }
  }

  /** The stricter outcome stands; they are declared from the mildest to the strictest. */
  private void asks(Outcome asked) {
    if (outcome == null || asked.compareTo(outcome) > 0) {
      outcome = asked;
    }
  }

  /** One alert a payment: fraud's where both lanes have a reason, for it is the more urgent. */
  private void alerts(Lane lane) {
    if (alert == null || lane == Lane.FRAUD) {
      alert = lane;
    }
  }
}
