package dev.tidegate.app.rules;

import dev.tidegate.app.release.ReleaseScores;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.scoring.library.LibraryTypology;
import dev.tidegate.scoring.library.RuleLibrary;
import dev.tidegate.scoring.rules.RuleLanguage;
import dev.tidegate.scoring.rules.RuleRun;
import dev.tidegate.scoring.rules.RuleSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Recall and precision of each typology and each rule of a library on a simulated bank. */
public final class RulesEvaluation {
  private static final long DAY_MS = 86_400_000L;

  private final RuleRun run;
  private final ReleaseScores models;
  private final List<FiringTally> typologies = new ArrayList<>();
  private final List<FiringTally> rules = new ArrayList<>();
  private final long fromMs;
  private long payments;

  private RulesEvaluation(
      RuleLibrary library, RuleLanguage language, ReleaseScores models, long fromMs) {
    this.models = models;
    this.run = new RuleRun(RuleSet.of(language, library.definitions()), rule -> {});
    this.fromMs = fromMs;
    for (LibraryTypology typology : library.typologies()) {
      typologies.add(new FiringTally(typology.definition().id(), typology.labels()));
      typology
          .rules()
          .forEach(rule -> rules.add(new FiringTally(rule.definition().id(), typology.labels())));
    }
  }

  /**
   * All figures.
   *
   * @param payments payments judged
   * @param typologies in the order of the library
   * @param rules in the order of the library
   */
  public record Outcome(long payments, List<RuleFigures> typologies, List<RuleFigures> rules) {
    /** Tables in Markdown. */
    public String tables() {
      return FiguresTable.typologies(typologies) + '\n' + FiguresTable.table("rule", rules);
    }
  }

  /**
   * Judges a bank's payments from a day on, when windows are warm.
   *
   * @param models the first one's score is the payment's; none for rules without scores
   * @param warmUpDays days that are not judged
   */
  public static Outcome of(
      RuleLibrary library,
      RuleLanguage language,
      ReleaseScores models,
      SimulatedRows rows,
      int warmUpDays)
      throws IOException {
    long from = rows.firstMs() + warmUpDays * DAY_MS;
    RulesEvaluation evaluation = new RulesEvaluation(library, language, models, from);
    rows.each(
        (vector, values, fraud, kind) -> {
          if (vector.getTransaction().getEventTimeMs() >= evaluation.fromMs) {
            evaluation.payments++;
            List<String> fired = evaluation.fired(vector, values);
            String planting = rows.caseOf(vector.getTransaction().getTransactionId());
            evaluation.typologies.forEach(tally -> tally.note(fired, kind, planting));
            evaluation.rules.forEach(tally -> tally.note(fired, kind, planting));
          }
        });
    return evaluation.outcome();
  }

  private List<String> fired(FeatureVector vector, float[] values) {
    double score = models.turn(vector);
    return run.ask(vector.getTransaction(), values, 0, score, models).fired();
  }

  private Outcome outcome() {
    return new Outcome(
        payments,
        typologies.stream().map(tally -> tally.figures(payments)).toList(),
        rules.stream().map(tally -> tally.figures(payments)).toList());
  }
}
