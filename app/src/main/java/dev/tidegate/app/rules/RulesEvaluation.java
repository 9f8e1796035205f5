package dev.tidegate.app.rules;

import dev.tidegate.scoring.library.LibraryTypology;
import dev.tidegate.scoring.library.RuleLibrary;
import dev.tidegate.scoring.rules.RuleLanguage;
import dev.tidegate.scoring.rules.RuleRun;
import dev.tidegate.scoring.rules.RuleSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Recall and precision of each typology of a library on a simulated bank. */
public final class RulesEvaluation {
  private static final double PER = 10_000;

  private final RuleRun run;
  private final List<Tally> tallies = new ArrayList<>();
  private final long fromMs;
  private long payments;

  private RulesEvaluation(RuleLibrary library, RuleLanguage language, long fromMs) {
    this.run = new RuleRun(RuleSet.of(language, library.definitions()), rule -> {});
    this.fromMs = fromMs;
    library.typologies().forEach(typology -> tallies.add(new Tally(typology)));
  }

  /** Counts of one typology while payments go by. */
  private static final class Tally {
    private final LibraryTypology typology;
    private final Set<String> cases = new HashSet<>();
    private final Set<String> casesFound = new HashSet<>();
    private long planted;
    private long alerts;
    private long right;
    private long crime;

    Tally(LibraryTypology typology) {
      this.typology = typology;
    }

    void note(boolean met, boolean fraud, @Nullable String kind, String planting) {
      boolean counts = kind != null && typology.labels().contains(kind);
      if (counts) {
        planted++;
        cases.add(planting);
      }
      if (met) {
        alerts++;
        right += counts ? 1 : 0;
        crime += fraud ? 1 : 0;
        if (counts) {
          casesFound.add(planting);
        }
      }
    }

    Figures figures(long payments) {
      return new Figures(
          typology.definition().id(),
          typology.labels(),
          planted,
          alerts,
          right,
          crime,
          cases.size(),
          casesFound.size(),
          payments == 0 ? 0 : alerts * PER / payments);
    }
  }

  /**
   * One typology's figures.
   *
   * @param typology its id
   * @param labels kinds that count as it
   * @param planted payments of such kinds
   * @param alerts payments on which it is met
   * @param right alerts of such kinds
   * @param anyCrime alerts on planted payments of whatever kind
   * @param cases planted cases of such kinds
   * @param casesFound those with an alert
   * @param alertsPer10k alerts on 10,000 payments
   */
  public record Figures(
      String typology,
      List<String> labels,
      long planted,
      long alerts,
      long right,
      long anyCrime,
      long cases,
      long casesFound,
      double alertsPer10k) {
    /** Share of alerts that are right; NaN without alerts. */
    public double precision() {
      return (double) right / alerts;
    }

    /** Share of planted payments that are alerted; NaN without any. */
    public double recall() {
      return (double) right / planted;
    }

    /** Share of planted cases with an alert; NaN without any. */
    public double caseRecall() {
      return (double) casesFound / cases;
    }
  }

  /**
   * All figures.
   *
   * @param payments payments judged
   * @param typologies in the order of the library
   */
  public record Outcome(long payments, List<Figures> typologies) {
    /** A table in Markdown. */
    public String table() {
      StringBuilder text = new StringBuilder();
      text.append(
          "| typology | planted | alerts | per 10,000 | precision | recall | cases found |\n");
      text.append("| --- | --: | --: | --: | --: | --: | --: |\n");
      for (Figures one : typologies) {
        text.append(
            one.planted() == 0
                ? String.format(
                    Locale.ROOT,
                    "| %s | not planted | %d | %.1f | | | |%n",
                    one.typology(),
                    one.alerts(),
                    one.alertsPer10k())
                : String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %.1f | %.3f | %.3f | %d of %d |%n",
                    one.typology(),
                    one.planted(),
                    one.alerts(),
                    one.alertsPer10k(),
                    one.precision(),
                    one.recall(),
                    one.casesFound(),
                    one.cases()));
      }
      return text.toString();
    }
  }

  /**
   * Judges a bank's payments from a day on, when windows are warm.
   *
   * @param warmUpDays days that are not judged
   */
  public static Outcome of(
      RuleLibrary library, RuleLanguage language, SimulatedRows rows, int warmUpDays)
      throws IOException {
    long from = rows.firstMs() + warmUpDays * 86_400_000L;
    RulesEvaluation evaluation = new RulesEvaluation(library, language, from);
    rows.each(
        (vector, values, fraud, kind) -> {
          if (vector.getTransaction().getEventTimeMs() >= evaluation.fromMs) {
            evaluation.payments++;
            List<String> fired =
                evaluation.run.ask(vector.getTransaction(), values, 0, Double.NaN).fired();
            String planting = rows.caseOf(vector.getTransaction().getTransactionId());
            for (Tally tally : evaluation.tallies) {
              boolean met = fired.contains(tally.typology.definition().id());
              tally.note(met, fraud, kind, planting);
            }
          }
        });
    return new Outcome(
        evaluation.payments,
        evaluation.tallies.stream().map(tally -> tally.figures(evaluation.payments)).toList());
  }
}
