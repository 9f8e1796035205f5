package dev.tidegate.lab.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The bank is no use as a test bed where one column alone tells fraud from honest payments: then a
 * model learns the simulator's habits and not the crime. The first half of the time trains, the
 * second judges: an account that was caught may be known, one not yet caught must not stand out.
 */
class NoColumnGivesItAwayTest {
  private static final double LIMIT = 0.8;
  private static final int ENOUGH_CASES = 12;
  private static final int CUSTOMERS = 3_500;
  private static final int DAYS = 70;

  /** Columns of few values, where a column may not tell in hindsight either. */
  private static final List<String> CLOSED_SETS =
      List.of(
          "amount",
          "currency",
          "merchant_category",
          "payer_country",
          "payee_country",
          "channel",
          "hour of day",
          "day of week");

  private static ColumnTable table;

  @BeforeAll
  static void simulate() {
    table =
        new ColumnTable(new BankSimulator(SimulatorSettings.of(11, CUSTOMERS)).transactions(DAYS));
  }

  @AfterAll
  static void forget() {
    table = null;
  }

  @Test
  void shouldHideEveryTargetFromEveryColumn() {
    Map<String, Double> found = new LinkedHashMap<>();
    IntPredicate firstHalf = row -> row < table.rows() / 2;
    table.columns().forEach((name, column) -> judge(name, column, firstHalf, found));
    assertThat(found).hasSizeGreaterThan(100).allSatisfy((what, auc) -> below(what, auc));
  }

  @Test
  void shouldHideEveryTargetFromClosedSetsInHindsight() {
    Map<String, Double> found = new LinkedHashMap<>();
    IntPredicate everySecond = row -> row % 2 == 0;
    for (String name : CLOSED_SETS) {
      judge(name, table.columns().get(name), everySecond, found);
    }
    assertThat(found).isNotEmpty().allSatisfy((what, auc) -> below(what, auc));
  }

  @Test
  void shouldCatchAColumnThatLeaks() {
    assertThat(fraudAuc(row -> fraud(row) && row % 10 < 7 ? "17.05" : Integer.toString(row % 97)))
        .as("a number in one narrow range")
        .isGreaterThan(LIMIT);
    assertThat(fraudAuc(row -> (fraud(row) ? row % 3 : row % 4) == 0 ? "wire" : "card"))
        .as("a rail that fraud takes a little more often")
        .isLessThan(LIMIT);
    assertThat(fraudAuc(row -> fraud(row) || row % 9 == 0 ? "wire" : "card"))
        .as("a rail that fraud always takes")
        .isGreaterThan(LIMIT);
  }

  private static double fraudAuc(java.util.function.IntFunction<String> value) {
    ColumnTable.Column column = new ColumnTable.Column();
    IntStream.range(0, table.rows()).mapToObj(value).forEach(column::add);
    return new OneColumnClassifier(column, table.rows(), row -> row < table.rows() / 2)
        .bestAuc(NoColumnGivesItAwayTest::fraud);
  }

  private static void judge(
      String name, ColumnTable.Column column, IntPredicate train, Map<String, Double> found) {
    OneColumnClassifier classifier = new OneColumnClassifier(column, table.rows(), train);
    targets().forEach((target, rows) -> found.put(name + " / " + target, classifier.bestAuc(rows)));
  }

  private static void below(String what, double auc) {
    assertThat(auc).as(what).isLessThan(LIMIT);
  }

  private static boolean fraud(int row) {
    PlantedCase planted = table.planted(row);
    return planted != null && planted.kind().lane() == Lane.FRAUD;
  }

  private static Map<String, IntPredicate> targets() {
    Map<String, IntPredicate> targets = new LinkedHashMap<>();
    targets.put("fraud", NoColumnGivesItAwayTest::fraud);
    targets.put("laundering", row -> table.planted(row) != null && !fraud(row));
    targets.put("both", row -> table.planted(row) != null);
    for (PlantedKind kind : judgeableKinds()) {
      targets.put(
          kind.code(),
          row -> {
            PlantedCase planted = table.planted(row);
            return planted != null && planted.kind() == kind;
          });
    }
    return targets;
  }

  /** Kinds with enough cases in the judging half. */
  private static List<PlantedKind> judgeableKinds() {
    List<PlantedKind> kinds = new ArrayList<>();
    for (PlantedKind kind : PlantedKind.values()) {
      Set<String> cases = new LinkedHashSet<>();
      for (int row = table.rows() / 2; row < table.rows(); row++) {
        PlantedCase planted = table.planted(row);
        if (planted != null && planted.kind() == kind) {
          cases.add(planted.caseId());
        }
      }
      if (cases.size() >= ENOUGH_CASES) {
        kinds.add(kind);
      }
    }
    return kinds;
  }
}
