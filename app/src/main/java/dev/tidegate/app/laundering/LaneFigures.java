package dev.tidegate.app.laundering;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation of the laundering lane found.
 *
 * @param set the profile that the set was read with
 * @param protocol {@code honest} or {@code leaderboard}
 * @param wholeDays whether times are whole days: signals are as of the end of the day
 * @param rows payments between accounts
 * @param laundering of which laundering
 * @param left rows of the file that are no such payments
 * @param rejected rows that could not be read
 * @param tail payments of the days at the set's end that were cut, for they had few but planted
 *     ones
 * @param channelLeftOut whether the channel is no column, for it would give the laundering away
 * @param split where the test begins; null where nothing was trained
 * @param longerCycles whether cycles of 7 to 12 payments are columns of the graph too
 * @param followMoney whether trails of a payment's money are
 * @param seed of the trees' draws
 * @param models one on the payment alone, and one for each further kind of columns that the set and
 *     the protocol have; empty where the set has no payments but laundering
 * @param shapes what cycles give away by their shape alone; null where no typology is a cycle
 */
public record LaneFigures(
    String set,
    String protocol,
    boolean wholeDays,
    long rows,
    long laundering,
    long left,
    long rejected,
    long tail,
    boolean channelLeftOut,
    @Nullable Split split,
    boolean longerCycles,
    boolean followMoney,
    long seed,
    List<ModelFigures> models,
    @Nullable Shapes shapes) {
  /**
   * A split in time: 60, 20 and 20 % of the payments, cut where a moment begins.
   *
   * @param trainRows payments that the search for the number of trees learns from
   * @param validationRows payments that stop it and set the threshold; the forest that is judged is
   *     grown again on both
   * @param testRows payments that are judged
   * @param trainLaundering of which laundering
   * @param validationLaundering of which laundering
   * @param testLaundering of which laundering
   * @param validationFrom first moment of the validation, UTC
   * @param testFrom first moment of the test, UTC
   */
  public record Split(
      int trainRows,
      int validationRows,
      int testRows,
      int trainLaundering,
      int validationLaundering,
      int testLaundering,
      String validationFrom,
      String testFrom) {}

  /**
   * A forest on one choice of columns.
   *
   * @param columns {@code transaction} and what was added to it, of {@code graph}, {@code foreign},
   *     {@code features}, {@code outside} and {@code later}
   * @param features how many
   * @param trees in the forest
   * @param validationPrAuc average precision on the validation, of the forest that did not see it
   * @param threshold largest F1 on the validation
   * @param validation of that forest, on the validation: what columns are chosen by
   * @param test on the test
   * @param byTypology on the test, a kind of laundering
   * @param patterns on the test; null where the set names none
   */
  public record ModelFigures(
      String columns,
      int features,
      int trees,
      double validationPrAuc,
      double threshold,
      ValidationFigures validation,
      TestFigures test,
      SortedMap<String, TypologyFigures> byTypology,
      @Nullable PatternFigures patterns) {}

  /**
   * Figures of the validation, as those of the test and at levels of its own.
   *
   * @param all of all payments
   * @param byTypology a kind of laundering
   */
  public record ValidationFigures(TestFigures all, SortedMap<String, TypologyFigures> byTypology) {}

  /**
   * Figures of all payments of the test, or of the validation.
   *
   * @param prAuc average precision
   * @param f1 at the threshold
   * @param precision at the threshold
   * @param recall at the threshold
   * @param recallAtFpr01 share of laundering found at 0.1 % of the other payments
   * @param recallAtBudget1 share of laundering found in 1 % of all payments
   */
  public record TestFigures(
      double prAuc,
      double f1,
      double precision,
      double recall,
      double recallAtFpr01,
      double recallAtBudget1) {}

  /**
   * Figures of one typology, at the scores that all payments judged have together.
   *
   * @param payments laundering payments of it among those judged
   * @param recallAtThreshold share found at the threshold
   * @param recallAtFpr01 share found at 0.1 % of the other payments
   * @param recallAtBudget1 share found in 1 % of all payments
   * @param patterns share of its patterns found; null where the set names none
   */
  public record TypologyFigures(
      int payments,
      double recallAtThreshold,
      double recallAtFpr01,
      double recallAtBudget1,
      @Nullable PatternFigures patterns) {}

  /**
   * Patterns with payments in the test; of each pattern these alone count.
   *
   * @param patterns how many
   * @param oneAtThreshold share with at least one payment found at the threshold
   * @param halfAtThreshold share with at least half found
   * @param oneAtBudget1 share with at least one found in 1 % of all payments
   * @param halfAtBudget1 share with at least half found
   */
  public record PatternFigures(
      int patterns,
      double oneAtThreshold,
      double halfAtThreshold,
      double oneAtBudget1,
      double halfAtBudget1) {}

  /**
   * Cycles found by shape alone, without training.
   *
   * @param patterns patterns whose typology is a cycle
   * @param closing of which close: their payments, times never falling, are one path that ends
   *     where it began
   * @param withinReach of which have at most as many payments, and last at most as long, as the
   *     graph looks for
   * @param found closing ones of which the graph listed the whole path
   * @param touched patterns of which at least one payment closed some cycle
   */
  public record Shapes(int patterns, int closing, int withinReach, int found, int touched) {}
}
