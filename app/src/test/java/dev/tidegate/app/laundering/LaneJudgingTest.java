package dev.tidegate.app.laundering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.app.Refused;
import dev.tidegate.app.laundering.LaneFigures.ModelFigures;
import dev.tidegate.app.laundering.LaneFigures.Shapes;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.retrain.train.ForestParameters;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LaneJudgingTest {
  private static final long DAY_MS = 86_400_000L;
  private static final long MINUTES_MS = 7 * 60_000L;
  private static final List<String> EUR = List.of("EUR");
  private static final GraphSettings SETTINGS = SignalRows.settings(EUR);

  @Test
  void shouldFindPlantedPatternsByTheGraphAndNotByThePaymentAlone() {
    LaneFigures figures = judging(PlantedPayments.of(DAY_MS), 1).judge("planted");
    ModelFigures alone = figures.models().get(0);
    ModelFigures graph = figures.models().get(1);
    assertThat(figures.wholeDays()).isTrue();
    assertThat(alone.test().prAuc()).isLessThan(0.3);
    assertThat(graph.test().prAuc()).isGreaterThan(0.7);
    assertThat(graph.byTypology()).containsOnlyKeys("cycle", "fan_in");
    assertThat(graph.patterns()).isNotNull();
    assertThat(LaneText.of(figures)).contains("transaction+graph", "fan_in", "cycles by shape");
  }

  @Test
  void shouldGiveTheSameFiguresAgain() {
    assertThat(judging(PlantedPayments.of(DAY_MS), 1).judge("planted"))
        .isEqualTo(judging(PlantedPayments.of(DAY_MS), 1).judge("planted"));
  }

  @Test
  void shouldNotLookAtLabels() {
    for (long stepMs : new long[] {DAY_MS, MINUTES_MS}) {
      List<LabelledPayment> payments = PlantedPayments.of(stepMs);
      List<LabelledPayment> turned = new ArrayList<>();
      payments.forEach(payment -> turned.add(turned(payment)));
      assertThat(rows(turned)).isEqualTo(rows(payments));
    }
  }

  @Test
  void shouldNotLookAhead() {
    for (long stepMs : new long[] {DAY_MS, MINUTES_MS}) {
      List<LabelledPayment> payments = PlantedPayments.of(stepMs);
      List<LabelledPayment> older =
          payments.stream().filter(payment -> payment.timeMs() < 70 * stepMs).toList();
      Map<String, List<Float>> all = rows(payments);
      Map<String, List<Float>> known = rows(older);
      assertThat(known).hasSizeLessThan(all.size()).isNotEmpty();
      known.forEach((id, row) -> assertThat(row).isEqualTo(all.get(id)));
    }
  }

  @Test
  void shouldNotLookAtTheOrderWithinADay() {
    List<LabelledPayment> payments = PlantedPayments.of(DAY_MS);
    List<LabelledPayment> shuffled = new ArrayList<>(payments);
    Collections.shuffle(shuffled, new Random(3));
    assertThat(rows(shuffled)).isEqualTo(rows(payments));
  }

  @Test
  void shouldFindEveryPlantedCycleByItsShapeAlone() {
    LaunderingSet set = LaunderingSet.of(PlantedPayments.of(DAY_MS), EUR, List.of("x"));
    assertThat(CycleShapes.of(set, SETTINGS)).isEqualTo(new Shapes(10, 10, 10, 10, 10));
  }

  @Test
  void shouldTrainNothingWhereAllIsLaundering() {
    List<LabelledPayment> laundering =
        PlantedPayments.of(DAY_MS).stream().filter(LabelledPayment::laundering).toList();
    LaneFigures figures = judging(laundering, 1).judge("planted");
    assertThat(figures.models()).isEmpty();
    assertThat(figures.split()).isNull();
    assertThat(figures.shapes()).isEqualTo(new Shapes(10, 10, 10, 10, 10));
  }

  @Test
  void shouldRefuseATestWithoutLaundering() {
    List<LabelledPayment> payments = new ArrayList<>();
    for (LabelledPayment payment : PlantedPayments.of(DAY_MS)) {
      if (!payment.laundering() || payment.timeMs() < 50 * DAY_MS) {
        payments.add(payment);
      }
    }
    assertThatThrownBy(() -> judging(payments, 1).judge("planted")).isInstanceOf(Refused.class);
  }

  @Test
  void shouldSplitWhereADayBegins() {
    LaunderingSet set = LaunderingSet.of(PlantedPayments.of(DAY_MS), EUR, List.of("x"));
    TimeSplit split = TimeSplit.of(set.payments());
    for (int cut : new int[] {split.validationFrom(), split.testFrom()}) {
      assertThat(set.payments().get(cut - 1).timeMs()).isLessThan(set.payments().get(cut).timeMs());
    }
    assertThat(split.validationFrom() / (double) set.payments().size()).isBetween(0.58, 0.6);
    assertThat(split.testFrom() / (double) set.payments().size()).isBetween(0.78, 0.8);
  }

  private static LaneJudging judging(List<LabelledPayment> payments, long seed) {
    ForestParameters quick =
        new ForestParameters(
            60, 20, 0.2, 4, 1, new ForestParameters.Shares(0.8, 0.5, TimeSplit.VALIDATION_SHARE));
    LaunderingSet set = LaunderingSet.of(payments, EUR, List.of("x"));
    Terminal silent =
        new Terminal(new PrintWriter(Writer.nullWriter()), false, () -> Instant.EPOCH);
    return new LaneJudging(set, seed, quick, silent);
  }

  private static LabelledPayment turned(LabelledPayment payment) {
    return new LabelledPayment(
        payment.id(),
        payment.source(),
        payment.target(),
        payment.timeMs(),
        payment.amountMinor(),
        payment.currency(),
        payment.channel(),
        !payment.laundering(),
        null,
        null);
  }

  private static Map<String, List<Float>> rows(List<LabelledPayment> payments) {
    LaunderingSet set = LaunderingSet.of(payments, EUR, List.of("x"));
    SignalRows rows = SignalRows.of(set, SETTINGS);
    Map<String, List<Float>> byId = new HashMap<>();
    for (int i = 0; i < set.payments().size(); i++) {
      List<Float> row = new ArrayList<>();
      for (float value : rows.row(i)) {
        row.add(value);
      }
      byId.put(set.payments().get(i).id(), row);
    }
    return byId;
  }
}
