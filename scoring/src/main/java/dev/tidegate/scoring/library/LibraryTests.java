package dev.tidegate.scoring.library;

import dev.tidegate.scoring.rules.Definition;
import dev.tidegate.scoring.rules.RuleFindings;
import dev.tidegate.scoring.rules.RuleLanguage;
import dev.tidegate.scoring.rules.RuleRun;
import dev.tidegate.scoring.rules.RuleSet;
import java.util.ArrayList;
import java.util.List;

/**
 * The labelled rows of a library, judged. A rule's rows are judged by the rule alone, a typology's
 * by all its rules. Each must have a row that fires and one that does not.
 */
public final class LibraryTests {
  private final RuleLanguage language;
  private final List<Result> results = new ArrayList<>();

  private LibraryTests(RuleLanguage language) {
    this.language = language;
  }

  /**
   * A labelled row that was judged.
   *
   * @param id of the rule or typology
   * @param file where the row stands
   * @param line where the row stands
   * @param passed true if it was judged as it says
   * @param problem what is wrong; empty if it passed
   */
  public record Result(String id, String file, int line, boolean passed, String problem) {}

  /** Judges every row of a library. */
  public static List<Result> run(RuleLibrary library, RuleLanguage language) {
    LibraryTests tests = new LibraryTests(language);
    for (LibraryTypology typology : library.typologies()) {
      for (LibraryRule rule : typology.rules()) {
        tests.judge(
            rule.definition().id(),
            typology.file(),
            List.of(rule.definition()),
            rule.rows(),
            rule.line());
      }
      tests.judge(
          typology.definition().id(), typology.file(), typology.definitions(), typology.rows(), 1);
    }
    return List.copyOf(tests.results);
  }

  private void judge(
      String id, String file, List<Definition> definitions, List<LabelledRow> rows, int line) {
    RuleRun run = new RuleRun(RuleSet.of(language, definitions), failed -> {});
    for (LabelledRow row : rows) {
      String problem = problem(id, run, row);
      results.add(new Result(id, file, row.line(), problem.isEmpty(), problem));
    }
    for (boolean fires : new boolean[] {true, false}) {
      if (rows.stream().noneMatch(row -> row.fires() == fires)) {
        String lacks = "has no row with fires: " + fires;
        results.add(new Result(id, file, line, false, lacks));
      }
    }
  }

  private String problem(String id, RuleRun run, LabelledRow row) {
    GivenRow given;
    try {
      given = GivenRow.of(row.given(), language);
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
    RuleFindings found = run.ask(given.payment(), given.values(), 0, given.score());
    if (found.failures() > 0) {
      return "could not be asked: an overflow or a division by zero";
    }
    boolean fires = found.fired().contains(id);
    if (fires == row.fires()) {
      return "";
    }
    return row.fires() ? "must fire and does not" : "must not fire and does";
  }
}
