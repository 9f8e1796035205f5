package dev.tidegate.app.laundering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.app.Refused;
import dev.tidegate.app.laundering.LaneFigures.ModelFigures;
import dev.tidegate.app.laundering.LaneFigures.Shapes;
import dev.tidegate.app.laundering.SignalRows.Columns;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.TemporalGraph;
import dev.tidegate.retrain.train.ForestParameters;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
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
  void shouldFindPlantedPatternsByTheGraphAndNotByThePaymentAlone() throws IOException {
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
  void shouldTellOfTheValidationWhatItTellsOfTheTest() throws IOException {
    List<LabelledPayment> payments = PlantedPayments.of(DAY_MS);
    LaneFigures figures = judging(payments, 1).judge("planted");
    ModelFigures graph = figures.models().get(1);
    LaneFigures.ValidationFigures validation = graph.validation();
    assertThat(validation.all().prAuc()).isEqualTo(graph.validationPrAuc());
    assertThat(validation.byTypology()).containsOnlyKeys("cycle", "fan_in");
    assertThat(validation.byTypology().values()).allMatch(typology -> typology.payments() > 0);
    LaunderingSet set = LaunderingSet.of(payments, EUR, List.of("x"));
    int testFrom = TimeSplit.of(set.payments()).testFrom();
    long endMs = set.payments().get(testFrom).timeMs();
    List<LabelledPayment> changed =
        payments.stream()
            .map(p -> p.timeMs() < endMs ? p : planted(p.id(), p, p.timeMs(), p.channel() + 1))
            .toList();
    assertThat(judging(changed, 1).judge("planted").models().get(1).validation())
        .as("of another test")
        .isEqualTo(validation);
  }

  @Test
  void shouldGiveTheSameFiguresAgain() throws IOException {
    assertThat(judging(PlantedPayments.of(DAY_MS), 1).judge("planted"))
        .isEqualTo(judging(PlantedPayments.of(DAY_MS), 1).judge("planted"));
  }

  @Test
  void shouldNotLookAtLabels() throws IOException {
    for (long stepMs : new long[] {DAY_MS, MINUTES_MS}) {
      List<LabelledPayment> payments = PlantedPayments.of(stepMs);
      List<LabelledPayment> turned = new ArrayList<>();
      payments.forEach(payment -> turned.add(turned(payment)));
      assertThat(rows(turned)).isEqualTo(rows(payments));
    }
  }

  @Test
  void shouldNotLookAhead() throws IOException {
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
  void shouldNotLookAtTheOrderWithinADay() throws IOException {
    List<LabelledPayment> payments = PlantedPayments.of(DAY_MS);
    List<LabelledPayment> shuffled = new ArrayList<>(payments);
    Collections.shuffle(shuffled, new Random(3));
    assertThat(rows(shuffled)).isEqualTo(rows(payments));
  }

  /** A hundred of each, minor units: yen have none, dinars three digits. */
  @Test
  void shouldTakeAmountsOfAllCurrenciesByTheirMajorUnits() {
    Map<String, Long> hundred = Map.of("EUR", 10_000L, "JPY", 100L, "KWD", 100_000L);
    SignalRows.settings(List.of("EUR", "JPY", "KWD"))
        .currencies()
        .forEach(
            rule -> {
              long amount = hundred.get(rule.code());
              assertThat(rule.value(amount)).as(rule.code()).isEqualTo(10_000);
              assertThat(rule.round(amount)).as(rule.code()).isTrue();
              assertThat(rule.round(amount / 2)).as(rule.code()).isFalse();
              assertThat(rule.justUnder(99 * amount)).as(rule.code()).isTrue();
              assertThat(rule.justUnder(100 * amount)).as(rule.code()).isFalse();
            });
  }

  /**
   * The same payments in yen, which have no minor unit, give the same rows: relations among them.
   */
  @Test
  void shouldMakeTheSameRowsOfTheSamePaymentsInYen() throws IOException {
    List<LabelledPayment> euros =
        PlantedPayments.of(DAY_MS).stream().map(p -> of(p, p.amountMinor() / 100 * 100)).toList();
    List<LabelledPayment> yen = euros.stream().map(p -> of(p, p.amountMinor() / 100)).toList();
    assertThat(rows(yen, List.of("JPY"))).isEqualTo(rows(euros, EUR));
  }

  private static LabelledPayment of(LabelledPayment as, long amountMinor) {
    return planted(as.id(), as, as.timeMs(), amountMinor, as.channel());
  }

  @Test
  void shouldHaveColumnsOfLongerCyclesWhereTheyAreWanted() {
    List<String> plain = new TemporalGraph(SETTINGS).layout().names();
    List<String> longer = new TemporalGraph(SignalRows.settings(EUR, true, false)).layout().names();
    assertThat(longer).startsWith(plain.toArray(String[]::new)).hasSize(plain.size() + 3);
    assertThat(plain).noneMatch(name -> name.startsWith("cycles_longer"));
  }

  @Test
  void shouldJudgeWithTrailsWhereTheyAreWanted() throws IOException {
    List<LabelledPayment> payments = PlantedPayments.of(DAY_MS);
    LaneFigures plain = judging(payments, 1).judge("planted");
    LaneFigures trails =
        judging(payments, new LaneJudging.Terms(Protocol.HONEST, false, true, 1)).judge("planted");
    assertThat(plain.followMoney()).isFalse();
    assertThat(trails.followMoney()).isTrue();
    assertThat(trails.models().get(1).features()).isEqualTo(plain.models().get(1).features() + 5);
  }

  @Test
  void shouldJudgeWithLongerCyclesWhereTheyAreWanted() throws IOException {
    List<LabelledPayment> payments = PlantedPayments.of(DAY_MS);
    LaneFigures plain = judging(payments, 1).judge("planted");
    LaneFigures longer =
        judging(payments, new LaneJudging.Terms(Protocol.HONEST, true, false, 1)).judge("planted");
    assertThat(plain.longerCycles()).isFalse();
    assertThat(longer.longerCycles()).isTrue();
    assertThat(longer.models().get(1).features()).isEqualTo(plain.models().get(1).features() + 3);
  }

  @Test
  void shouldFindEveryPlantedCycleByItsShapeAlone() {
    LaunderingSet set = LaunderingSet.of(PlantedPayments.of(DAY_MS), EUR, List.of("x"));
    assertThat(CycleShapes.of(set, SETTINGS)).isEqualTo(new Shapes(10, 10, 10, 10, 10));
  }

  @Test
  void shouldTrainNothingWhereAllIsLaundering() throws IOException {
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

  @Test
  void shouldSeeLaterPaymentsByTheLeaderboardsProtocolAlone() throws IOException {
    List<LabelledPayment> payments = PlantedPayments.of(DAY_MS);
    long endMs = 70 * DAY_MS;
    LaunderingSet all = LaunderingSet.of(payments, EUR, List.of("x"));
    SignalRows early = later(all.before(endMs));
    SignalRows whole = later(all);
    int last = all.before(endMs).payments().size() - 1;
    assertThat(whole.row(last, EnumSet.of(Columns.GRAPH)))
        .isEqualTo(early.row(last, EnumSet.of(Columns.GRAPH)));
    assertThat(whole.row(last, EnumSet.of(Columns.LATER)))
        .isNotEqualTo(early.row(last, EnumSet.of(Columns.LATER)));
    assertThat(whole.names(EnumSet.of(Columns.LATER)))
        .hasSameSizeAs(whole.names(EnumSet.of(Columns.GRAPH)))
        .allMatch(name -> name.startsWith("later_"));
  }

  @Test
  void shouldFindMorePlantedPaymentsWhenLaterOnesAreSeen() throws IOException {
    List<LabelledPayment> payments = PlantedPayments.of(DAY_MS);
    LaneFigures honest = judging(payments, 1).judge("planted");
    LaneFigures leaderboard = judging(payments, Protocol.LEADERBOARD, 1).judge("planted");
    assertThat(leaderboard.protocol()).isEqualTo("leaderboard");
    assertThat(leaderboard.models())
        .extracting(ModelFigures::columns)
        .last()
        .asString()
        .isEqualTo("transaction+graph+later");
    assertThat(leaderboard.models().get(2).test().prAuc())
        .isGreaterThan(honest.models().get(1).test().prAuc());
    assertThat(LaneText.of(leaderboard)).contains("leaderboard", "all later payments");
  }

  @Test
  void shouldCutDaysAtTheEndThatHaveFewPaymentsByTheHonestProtocolAlone() throws IOException {
    List<LabelledPayment> payments = new ArrayList<>(PlantedPayments.of(DAY_MS));
    LabelledPayment last = payments.get(payments.size() - 1);
    long endMs = payments.stream().mapToLong(LabelledPayment::timeMs).max().orElseThrow();
    payments.add(planted("tail-1", last, endMs + 2 * DAY_MS, last.channel()));
    payments.add(planted("tail-2", last, endMs + 9 * DAY_MS, last.channel()));
    LaneFigures honest = judging(payments, 1).judge("planted");
    assertThat(honest.tail()).isEqualTo(2);
    assertThat(LaneText.of(honest)).contains("cut at the end: 2 payments");
    assertThat(judging(payments, Protocol.LEADERBOARD, 1).judge("planted").tail()).isZero();
    assertThat(judging(PlantedPayments.of(DAY_MS), 1).judge("planted").tail()).isZero();
  }

  @Test
  void shouldLeaveOutAChannelThatGivesThePlantedPaymentsAway() throws IOException {
    List<LabelledPayment> payments =
        PlantedPayments.of(DAY_MS).stream()
            .map(p -> planted(p.id(), p, p.timeMs(), p.laundering() ? 1 : p.hashCode() & 1))
            .toList();
    LaneFigures honest = judging(payments, 1).judge("planted");
    LaneFigures leaderboard = judging(payments, Protocol.LEADERBOARD, 1).judge("planted");
    assertThat(honest.channelLeftOut()).isTrue();
    assertThat(leaderboard.channelLeftOut()).isFalse();
    assertThat(honest.models().get(0).test().prAuc())
        .isLessThan(leaderboard.models().get(0).test().prAuc());
    assertThat(LaneText.of(honest)).contains("channel left out");
  }

  @Test
  void shouldKeepAChannelThatMostOtherPaymentsUseToo() {
    List<LabelledPayment> payments =
        PlantedPayments.of(DAY_MS).stream()
            .map(
                p ->
                    planted(
                        p.id(), p, p.timeMs(), p.laundering() ? 1 : p.hashCode() % 4 == 0 ? 0 : 1))
            .toList();
    assertThat(GiveAway.byChannel(payments)).isFalse();
  }

  private static LabelledPayment planted(String id, LabelledPayment as, long timeMs, int channel) {
    return planted(id, as, timeMs, as.amountMinor(), channel);
  }

  private static LabelledPayment planted(
      String id, LabelledPayment as, long timeMs, long amountMinor, int channel) {
    return new LabelledPayment(
        id,
        as.source(),
        as.target(),
        timeMs,
        amountMinor,
        as.currency(),
        channel,
        as.laundering(),
        as.typology(),
        as.pattern());
  }

  private static SignalRows later(LaunderingSet set) throws IOException {
    return SignalRows.of(set, SETTINGS, CatalogueFeatures.none(), Protocol.LEADERBOARD);
  }

  private static LaneJudging judging(List<LabelledPayment> payments, long seed) {
    return judging(payments, Protocol.HONEST, seed);
  }

  private static LaneJudging judging(List<LabelledPayment> payments, Protocol protocol, long seed) {
    return judging(payments, new LaneJudging.Terms(protocol, false, false, seed));
  }

  private static LaneJudging judging(List<LabelledPayment> payments, LaneJudging.Terms terms) {
    ForestParameters quick =
        new ForestParameters(
            60, 20, 0.2, 4, 1, new ForestParameters.Shares(0.8, 0.5, TimeSplit.VALIDATION_SHARE));
    LaunderingSet set = LaunderingSet.of(payments, EUR, List.of("x"));
    Terminal silent =
        new Terminal(new PrintWriter(Writer.nullWriter()), false, () -> Instant.EPOCH);
    return new LaneJudging(set, CatalogueFeatures.none(), terms, quick, silent);
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

  private static Map<String, List<Float>> rows(List<LabelledPayment> payments) throws IOException {
    return rows(payments, EUR);
  }

  private static Map<String, List<Float>> rows(
      List<LabelledPayment> payments, List<String> currencies) throws IOException {
    LaunderingSet set = LaunderingSet.of(payments, currencies, List.of("x"));
    SignalRows rows = SignalRows.of(set, SignalRows.settings(currencies));
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
