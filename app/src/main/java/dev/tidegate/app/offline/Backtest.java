package dev.tidegate.app.offline;

import dev.tidegate.app.Refused;
import dev.tidegate.app.release.ReleaseScores;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.scoring.library.LibraryRule;
import dev.tidegate.scoring.library.LibraryTypology;
import dev.tidegate.scoring.library.RuleLibrary;
import dev.tidegate.scoring.rules.RuleLanguage;
import dev.tidegate.scoring.rules.RuleRun;
import dev.tidegate.scoring.rules.RuleSet;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Rules on archived payments: their vectors and scores as they were served, judged by the engine
 * that runs live. Nothing live is read or changed.
 */
public final class Backtest {
  private static final String APPROVED = "APPROVE";

  private final RuleRun run;
  private final ReleaseScores models;
  private final String digest;
  private final Map<String, Tally> tallies = new LinkedHashMap<>();
  private long payments;
  private long failures;

  private Backtest(
      RuleLibrary library, RuleLanguage language, ReleaseScores models, String digest) {
    this.models = models;
    this.digest = digest;
    run = new RuleRun(RuleSet.of(language, library.definitions()), rule -> failures++);
    for (LibraryTypology typology : library.typologies()) {
      tallies.put(typology.definition().id(), new Tally());
      for (LibraryRule rule : typology.rules()) {
        tallies.put(rule.definition().id(), new Tally());
      }
    }
  }

  /** Counts of one rule or typology. */
  private static final class Tally {
    private final Set<String> customers = new HashSet<>();
    private long fires;
    private long labelled;
    private long right;
    private long live;
    private long added;
    private long gone;
    private long approved;

    void note(boolean fired, boolean firedLive, ArchivedDecision row) {
      live += firedLive ? 1 : 0;
      added += fired && !firedLive ? 1 : 0;
      gone += !fired && firedLive ? 1 : 0;
      if (fired) {
        fires++;
        customers.add(row.customer());
        labelled += row.fraud == null ? 0 : 1;
        right += Boolean.TRUE.equals(row.fraud) ? 1 : 0;
        approved += row.outcome.equals(APPROVED) ? 1 : 0;
      }
    }

    Line line(String id) {
      return new Line(
          id, fires, customers.size(), labelled, right, live, new Change(added, gone, approved));
    }
  }

  /**
   * How one rule or typology would have judged.
   *
   * @param id its id
   * @param fires payments on which it fires
   * @param customers customers who made them
   * @param labelled those with a label or disposition
   * @param right those that turned out to be fraud
   * @param live payments on which the rule of this id fired live
   * @param change against the live set
   */
  public record Line(
      String id, long fires, long customers, long labelled, long right, long live, Change change) {
    /** Share of labelled payments that were fraud; NaN without any. */
    public double precision() {
      return (double) right / labelled;
    }
  }

  /**
   * The difference to the live set.
   *
   * @param added payments on which it fires now and did not live
   * @param gone payments on which it fired live and does not now
   * @param approved payments on which it fires and that were approved live
   */
  public record Change(long added, long gone, long approved) {}

  /**
   * What a replay found.
   *
   * @param payments payments with a vector of these features
   * @param failures answers that a rule could not give
   * @param lines one a typology and rule, a typology before its rules
   */
  public record Outcome(long payments, long failures, List<Line> lines) {
    /** A table for people. */
    public String text() {
      StringBuilder text = new StringBuilder();
      text.append(
          String.format(
              Locale.ROOT,
              "%d payments, %d answers failed%n%-44s %9s %9s %9s %9s %9s %9s %9s %9s%n",
              payments,
              failures,
              "",
              "fires",
              "customers",
              "labelled",
              "precision",
              "live",
              "added",
              "gone",
              "approved"));
      for (Line line : lines) {
        text.append(
            String.format(
                Locale.ROOT,
                "%-44s %9d %9d %9d %9s %9d %9d %9d %9d%n",
                line.id(),
                line.fires(),
                line.customers(),
                line.labelled(),
                line.labelled() == 0 ? "-" : String.format(Locale.ROOT, "%.3f", line.precision()),
                line.live(),
                line.change().added(),
                line.change().gone(),
                line.change().approved()));
      }
      return text.toString();
    }
  }

  /**
   * Replays rules on a history.
   *
   * @param digest of the features that the language names; vectors of others are left out
   * @param models over these features, for rules that ask single models
   * @throws Refused if there is no history, or none of these features
   */
  public static Outcome run(
      Path history,
      RuleLibrary library,
      RuleLanguage language,
      String digest,
      ReleaseScores models,
      Terminal terminal)
      throws Exception {
    Backtest backtest = new Backtest(library, language, models, digest);
    try (WorkFolder work = WorkFolder.temporary();
        HistoryFolder folder = new HistoryFolder(history, work.path("sorting"))) {
      terminal.begin("replaying", 0);
      folder.eachDecision(
          digest,
          models.takeSequences(),
          row -> {
            backtest.judge(row);
            terminal.at(backtest.payments);
          });
      terminal.end();
    }
    if (backtest.payments == 0) {
      throw new Refused(
          "history " + history + " holds no vectors of these features; name theirs by --features");
    }
    return new Outcome(
        backtest.payments,
        backtest.failures,
        backtest.tallies.entrySet().stream()
            .map(entry -> entry.getValue().line(entry.getKey()))
            .toList());
  }

  private void judge(ArchivedDecision row) {
    payments++;
    List<String> fired = run.ask(row.payment, row.values, 0, row.score, models(row)).fired();
    for (Map.Entry<String, Tally> tally : tallies.entrySet()) {
      String id = tally.getKey();
      tally.getValue().note(fired.contains(id), row.fired.contains(id), row);
    }
  }

  private ReleaseScores models(ArchivedDecision row) {
    if (!models.isEmpty()) {
      models.turn(row.vector(digest), row.score);
    }
    return models;
  }
}
