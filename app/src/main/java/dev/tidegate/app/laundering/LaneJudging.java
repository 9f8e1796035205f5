package dev.tidegate.app.laundering;

import dev.tidegate.app.Refused;
import dev.tidegate.app.laundering.LaneFigures.ModelFigures;
import dev.tidegate.app.laundering.LaneFigures.Split;
import dev.tidegate.app.laundering.LaneFigures.ValidationFigures;
import dev.tidegate.app.laundering.SignalRows.Columns;
import dev.tidegate.app.offline.LabelledFile;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.retrain.evaluate.RankingMetrics;
import dev.tidegate.retrain.train.ForestParameters;
import dev.tidegate.retrain.train.ForestTrainer;
import dev.tidegate.retrain.train.TrainedForest;
import dev.tidegate.retrain.train.TrainingSet;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges how well laundering is found, split in time: boosted trees on the payment alone, and then
 * with each further kind of columns that the set and the protocol give (the graph's signals, the
 * catalogue's features, what accounts moved outside, what came later), trained on the oldest 60 %,
 * stopped and given a threshold on the next 20 %, grown again on both and judged on the newest 20
 * %.
 */
public final class LaneJudging {
  private final LaunderingSet set;
  private final CatalogueFeatures features;
  private final Terms terms;
  private final ForestParameters parameters;
  private final Terminal terminal;

  /**
   * What is asked for.
   *
   * @param protocol what may be known
   * @param longerCycles whether cycles of 7 to 12 payments are signals too
   * @param followMoney whether trails of a payment's money are signals too
   * @param seed of the trees' draws, in [0, 2^31)
   */
  public record Terms(Protocol protocol, boolean longerCycles, boolean followMoney, long seed) {}

  LaneJudging(
      LaunderingSet set,
      CatalogueFeatures features,
      Terms terms,
      ForestParameters parameters,
      Terminal terminal) {
    this.set = set;
    this.features = features;
    this.terms = terms;
    this.parameters = parameters;
    this.terminal = terminal;
  }

  /** How the trees are grown: the defaults for rare events, deeper and with smaller leaves. */
  static ForestParameters parameters() {
    return new ForestParameters(
        600, 50, 0.05, 7, 1.0, new ForestParameters.Shares(0.8, 0.5, TimeSplit.VALIDATION_SHARE));
  }

  /**
   * Reads a file and judges it. Takes two cores for the catalogue's features, then one.
   *
   * @param source payments between accounts and how to read them; its dates are not looked at
   * @param catalogue features beside the graph; not used where times are whole days, within which
   *     they would follow an order that means nothing
   * @param terms what is asked for
   * @param terminal is told how far it is
   * @throws Refused if the file cannot be judged
   * @throws Exception what stopped the features' pipeline, as Flink reports it
   */
  public static LaneFigures run(
      LabelledFile source, Catalogue catalogue, Terms terms, Terminal terminal) throws Exception {
    LaunderingSet set = LaunderingSet.read(source.file(), source.profile());
    try (CatalogueFeatures features =
        set.wholeDays() || !set.background()
            ? CatalogueFeatures.none()
            : CatalogueFeatures.of(source, catalogue, terminal)) {
      return new LaneJudging(set, features, terms, parameters(), terminal)
          .judge(source.profile().name());
    }
  }

  /** Judges the set. */
  LaneFigures judge(String name) throws IOException {
    GraphSettings settings =
        SignalRows.settings(set.currencies(), terms.longerCycles(), terms.followMoney());
    LaunderingSet judged = judged();
    return new LaneFigures(
        name,
        terms.protocol().toString(),
        set.wholeDays(),
        set.payments().size(),
        set.payments().stream().filter(LabelledPayment::laundering).count(),
        set.left(),
        set.rejected(),
        set.payments().size() - judged.payments().size(),
        !judged.channelCounts(),
        set.background() ? split(judged, TimeSplit.of(judged.payments())) : null,
        terms.longerCycles(),
        terms.followMoney(),
        terms.seed(),
        set.background() ? models(judged, settings) : List.of(),
        CycleShapes.of(set, settings));
  }

  /** What is trained and judged on: by the honest protocol without what gives the labels away. */
  private LaunderingSet judged() {
    if (terms.protocol() == Protocol.LEADERBOARD || !set.background()) {
      return set;
    }
    LaunderingSet cut = GiveAway.withoutTail(set);
    int testFrom = TimeSplit.of(cut.payments()).testFrom();
    return GiveAway.byChannel(cut.payments().subList(0, testFrom)) ? cut.withoutChannel() : cut;
  }

  private List<ModelFigures> models(LaunderingSet judged, GraphSettings settings)
      throws IOException {
    TimeSplit split = TimeSplit.of(judged.payments());
    refuseEmpty(judged, split);
    terminal.begin("signals", 0);
    SignalRows rows = SignalRows.of(judged, settings, features, terms.protocol());
    terminal.at(judged.payments().size());
    terminal.end();
    List<ModelFigures> models = new ArrayList<>();
    Set<Columns> columns = EnumSet.of(Columns.OWN);
    StringBuilder words = new StringBuilder("transaction");
    JudgedRows table = new JudgedRows(judged, rows, split);
    models.add(model(words.toString(), table, columns));
    for (Columns kind : Columns.values()) {
      if (kind != Columns.OWN && rows.has(kind)) {
        columns.add(kind);
        words.append('+').append(kind.name().toLowerCase(Locale.ROOT));
        models.add(model(words.toString(), table, columns));
      }
    }
    return models;
  }

  private static void refuseEmpty(LaunderingSet judged, TimeSplit split) {
    int to = judged.payments().size();
    if (laundering(judged, 0, split.testFrom()) == 0
        || laundering(judged, split.testFrom(), to) == 0) {
      throw new Refused("no laundering among the payments to learn from, or to be judged on");
    }
  }

  private static int laundering(LaunderingSet judged, int from, int to) {
    return (int) judged.payments().subList(from, to).stream().filter(p -> p.laundering()).count();
  }

  private ModelFigures model(String name, JudgedRows table, Set<Columns> columns) {
    TrainingSet known = table.known(columns);
    terminal.begin("trees, " + name, 0);
    TrainedForest forest =
        new ForestTrainer(parameters, terms.seed())
            .train(known, (stage, done, of, loss) -> terminal.at(done));
    terminal.end();
    RankingMetrics validation = validation(known, forest);
    double threshold = validation.bestF1Threshold();
    TestJudge judge = new TestJudge(table.test(), table.scores(columns, forest), threshold);
    return new ModelFigures(
        name,
        known.features(),
        forest.forest().trees().size(),
        defined(validation.averagePrecision()),
        threshold,
        validation(table, forest, threshold),
        judge.figures(),
        judge.byTypology(),
        judge.patterns());
  }

  private static ValidationFigures validation(
      JudgedRows table, TrainedForest forest, double threshold) {
    float[] found = forest.validationScores();
    double[] scores = new double[found.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = found[i];
    }
    TestJudge judge = new TestJudge(table.validation(forest), scores, threshold);
    return new ValidationFigures(judge.figures(), judge.byTypology());
  }

  private static double defined(@Nullable Double figure) {
    return figure == null ? 0 : figure;
  }

  private static RankingMetrics validation(TrainingSet known, TrainedForest forest) {
    float[] found = forest.validationScores();
    double[] scores = new double[found.length];
    BitSet laundering = new BitSet();
    for (int i = 0; i < scores.length; i++) {
      scores[i] = found[i];
      laundering.set(i, known.fraud(forest.validationFrom() + i));
    }
    return RankingMetrics.of(scores, laundering);
  }

  private static Split split(LaunderingSet judged, TimeSplit split) {
    int to = judged.payments().size();
    return new Split(
        split.validationFrom(),
        split.testFrom() - split.validationFrom(),
        to - split.testFrom(),
        laundering(judged, 0, split.validationFrom()),
        laundering(judged, split.validationFrom(), split.testFrom()),
        laundering(judged, split.testFrom(), to),
        moment(judged, split.validationFrom()),
        moment(judged, split.testFrom()));
  }

  private static String moment(LaunderingSet judged, int place) {
    return Instant.ofEpochMilli(judged.payments().get(place).timeMs()).toString();
  }
}
