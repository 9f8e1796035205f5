package dev.tidegate.app.laundering;

import dev.tidegate.app.Refused;
import dev.tidegate.app.laundering.LaneFigures.ModelFigures;
import dev.tidegate.app.laundering.LaneFigures.Split;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.ingest.profile.Profile;
import dev.tidegate.retrain.evaluate.RankingMetrics;
import dev.tidegate.retrain.train.ForestParameters;
import dev.tidegate.retrain.train.ForestTrainer;
import dev.tidegate.retrain.train.TrainedForest;
import dev.tidegate.retrain.train.TrainingSet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges how well laundering is found, in time and without lookahead: boosted trees on the payment
 * alone, on the payment with the graph's signals, and with what accounts moved outside, trained on
 * the oldest 60 %, stopped and given a threshold on the next 20 %, grown again on both and judged
 * on the newest 20 %.
 */
public final class LaneJudging {
  private static final int WIDTH_OF_ID = 9;

  private final LaunderingSet set;
  private final long seed;
  private final ForestParameters parameters;
  private final Terminal terminal;

  LaneJudging(LaunderingSet set, long seed, ForestParameters parameters, Terminal terminal) {
    this.set = set;
    this.seed = seed;
    this.parameters = parameters;
    this.terminal = terminal;
  }

  /** How the trees are grown: the defaults for rare events, deeper and with smaller leaves. */
  static ForestParameters parameters() {
    return new ForestParameters(
        600, 50, 0.05, 7, 1.0, new ForestParameters.Shares(0.8, 0.5, TimeSplit.VALIDATION_SHARE));
  }

  /**
   * Reads a file and judges it. Takes one core.
   *
   * @param file payments between accounts
   * @param profile how to read it
   * @param seed of the trees' draws, in [0, 2^31)
   * @param terminal is told how far it is
   * @throws Refused if the file cannot be judged
   */
  public static LaneFigures run(Path file, Profile profile, long seed, Terminal terminal)
      throws IOException {
    LaunderingSet set = LaunderingSet.read(file, profile);
    return new LaneJudging(set, seed, parameters(), terminal).judge(profile.name());
  }

  /** Judges the set. */
  LaneFigures judge(String name) {
    GraphSettings settings = SignalRows.settings(set.currencies());
    long laundering = set.payments().stream().filter(LabelledPayment::laundering).count();
    boolean background = laundering < set.payments().size();
    return new LaneFigures(
        name,
        set.wholeDays(),
        set.payments().size(),
        laundering,
        set.left(),
        set.rejected(),
        background ? split(TimeSplit.of(set.payments())) : null,
        seed,
        background ? models(settings) : List.of(),
        CycleShapes.of(set, settings));
  }

  private List<ModelFigures> models(GraphSettings settings) {
    TimeSplit split = TimeSplit.of(set.payments());
    refuseEmpty(split);
    terminal.begin("signals", 0);
    SignalRows rows = SignalRows.of(set, settings);
    terminal.at(set.payments().size());
    terminal.end();
    List<ModelFigures> models = new ArrayList<>();
    models.add(model("transaction", rows, SignalRows.OWN.size(), split));
    int inside = rows.names().size() - set.outside().names().size();
    models.add(model("transaction+graph", rows, inside, split));
    if (inside < rows.names().size()) {
      models.add(model("transaction+graph+outside", rows, rows.names().size(), split));
    }
    return models;
  }

  private void refuseEmpty(TimeSplit split) {
    int to = set.payments().size();
    if (laundering(0, split.testFrom()) == 0 || laundering(split.testFrom(), to) == 0) {
      throw new Refused("no laundering among the payments to learn from, or to be judged on");
    }
  }

  private int laundering(int from, int to) {
    return (int) set.payments().subList(from, to).stream().filter(p -> p.laundering()).count();
  }

  private ModelFigures model(String name, SignalRows rows, int width, TimeSplit split) {
    TrainingSet known = known(rows, width, split);
    terminal.begin("trees, " + name, 0);
    TrainedForest forest =
        new ForestTrainer(parameters, seed)
            .train(known, (stage, done, of, loss) -> terminal.at(done));
    terminal.end();
    RankingMetrics validation = validation(known, forest);
    double threshold = validation.bestF1Threshold();
    TestJudge judge = new TestJudge(test(split), scores(rows, width, split, forest), threshold);
    return new ModelFigures(
        name,
        width,
        forest.forest().trees().size(),
        defined(validation.averagePrecision()),
        threshold,
        judge.figures(),
        judge.byTypology(),
        judge.patterns());
  }

  private static double defined(@Nullable Double figure) {
    return figure == null ? 0 : figure;
  }

  private List<LabelledPayment> test(TimeSplit split) {
    return set.payments().subList(split.testFrom(), set.payments().size());
  }

  private TrainingSet known(SignalRows rows, int width, TimeSplit split) {
    TrainingSet.Builder builder = TrainingSet.builder(rows.names().subList(0, width));
    for (int i = 0; i < split.testFrom(); i++) {
      LabelledPayment payment = set.payments().get(i);
      float[] row = Arrays.copyOf(rows.row(i), width);
      builder.add(placeAsId(i), payment.timeMs(), row, payment.laundering());
    }
    return builder.build();
  }

  /** Ids that sort as the places do. */
  private static String placeAsId(int place) {
    String digits = Integer.toString(place);
    return "0".repeat(WIDTH_OF_ID + 1 - digits.length()) + digits;
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

  private double[] scores(SignalRows rows, int width, TimeSplit split, TrainedForest forest) {
    int count = set.payments().size() - split.testFrom();
    float[] matrix = new float[count * width];
    for (int i = 0; i < count; i++) {
      System.arraycopy(rows.row(split.testFrom() + i), 0, matrix, i * width, width);
    }
    float[] found = forest.trainedScores(matrix);
    double[] scores = new double[count];
    for (int i = 0; i < count; i++) {
      scores[i] = found[i];
    }
    return scores;
  }

  private Split split(TimeSplit split) {
    int to = set.payments().size();
    return new Split(
        split.validationFrom(),
        split.testFrom() - split.validationFrom(),
        to - split.testFrom(),
        laundering(0, split.validationFrom()),
        laundering(split.validationFrom(), split.testFrom()),
        laundering(split.testFrom(), to),
        moment(split.validationFrom()),
        moment(split.testFrom()));
  }

  private String moment(int place) {
    return Instant.ofEpochMilli(set.payments().get(place).timeMs()).toString();
  }
}
