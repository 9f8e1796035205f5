package dev.tidegate.app.trainer;

import dev.tidegate.app.Refused;
import dev.tidegate.app.offline.ModelKind;
import dev.tidegate.app.release.ChosenRelease;
import dev.tidegate.app.terminal.Figures;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.retrain.card.CardPage;
import dev.tidegate.retrain.card.ModelCard;
import dev.tidegate.retrain.gate.GateSettings;
import dev.tidegate.retrain.gate.Verdict;
import dev.tidegate.retrain.release.MadeRelease;
import dev.tidegate.retrain.release.ReleaseMaker;
import dev.tidegate.retrain.release.ReleaseSpec;
import dev.tidegate.retrain.stability.PaymentPart;
import dev.tidegate.retrain.stability.ReferenceFile;
import dev.tidegate.retrain.train.ForestSearch;
import dev.tidegate.retrain.train.TrainedModel;
import dev.tidegate.retrain.train.TrainingSet;
import dev.tidegate.retrain.train.TrainingWindow;
import dev.tidegate.schemas.event.RetrainRequest;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.release.Manifest;
import dev.tidegate.scoring.release.ReleaseRefused;
import dev.tidegate.scoring.release.ReleaseStore;
import dev.tidegate.scoring.release.RowLayout;
import dev.tidegate.scoring.release.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A retrain request to a release. Vectors are those that were logged when payments were decided, so
 * no feature is computed a second time; labels are those known at the request's cut. The model
 * learns from the older payments and is judged against the champion on the newer ones; what was
 * judged is what is written, byte for byte. Nothing is written before that, and then all or nothing
 * ({@link ReleaseStore#writeTo}).
 */
public final class TrainingRun {
  private static final int NAME_DIGITS = 12;
  private static final long SEEDS = 1L << 31;
  private static final double NANOS_A_SECOND = 1e9;

  private final RunRequest run;
  private final RetrainRequest request;
  private final ChosenRelease champion;
  private final Terminal terminal;
  private final long seed;
  private final Map<String, Long> left = new TreeMap<>();

  private TrainingRun(
      RunRequest run, RetrainRequest request, ChosenRelease champion, Terminal terminal) {
    this.run = run;
    this.request = request;
    this.champion = champion;
    this.terminal = terminal;
    this.seed = Math.floorMod(request.getSeed(), SEEDS);
  }

  /**
   * What came of it.
   *
   * @param release name of the release, which stands if the verdict passed
   * @param verdict what the gates said
   */
  public record Outcome(String release, Verdict verdict) {}

  /**
   * Trains.
   *
   * @throws Refused if the request cannot be met as asked
   * @throws dev.tidegate.retrain.train.NotTrainable if too few frauds are known
   */
  public static Outcome run(RunRequest run, Terminal terminal) throws Exception {
    RetrainRequest request = RequestFile.read(run.request());
    terminal.say(
        "request "
            + request.getRequestId()
            + ": "
            + request.getModel()
            + " for "
            + request.getCause()
            + ", champion "
            + request.getRelease());
    ChosenRelease champion = ChampionFinder.find(request, run);
    return new TrainingRun(run, request, champion, terminal).run();
  }

  /**
   * Name of the release that a run leads to.
   *
   * @throws Refused if its request cannot be read
   */
  public static String releaseOf(RunRequest run) {
    return name(RequestFile.read(run.request()));
  }

  /** Name of the release that a request leads to: the same for the same request. */
  static String name(RetrainRequest request) {
    String hash = Sha256.hex(request.getRequestId().getBytes(StandardCharsets.UTF_8));
    return request.getModel() + "-r" + hash.substring(0, NAME_DIGITS);
  }

  private long cutMs() {
    return request.getCutMs() > 0 ? request.getCutMs() : request.getRequestedAtMs();
  }

  private Outcome run() throws Exception {
    ModelKind kind = run.training().kind();
    RowLayout layout =
        new RowLayout(champion.catalogue().size(), kind.sequences(champion.catalogue()));
    LoggedHistory history = new LoggedHistory(run, request, terminal);
    KnownLabels labels = history.labels(cutMs());
    TrialSplit split = TrialSplit.of(rows(history, labels, layout), run.trial().windowShare());
    TrainingWindow window = window(split);
    terminal.say("  " + window.explain());
    TrainingSet set = set(split.head(), labels, layout);
    TrainedModel trained = train(set);
    MadeRelease made = ReleaseMaker.make(spec(), window, set, trained);
    Trial trial = new Trial(settings(), run.trial());
    try (Model challenger =
        ReleaseStore.open(made.manifest().modelFile(), made.model(), layout.width())) {
      Trial.Judged judged = trial.judge(split.window(), labels, made.manifest(), challenger);
      tell(judged.verdict());
      if (judged.verdict().passed()) {
        write(made, split, labels, judged);
      }
      return new Outcome(made.manifest().release(), judged.verdict());
    }
  }

  private List<LoggedRow> rows(LoggedHistory history, KnownLabels labels, RowLayout layout)
      throws Exception {
    long untilMs = cutMs() - run.training().maturity().toMillis();
    Manifest manifest = champion.release().manifest();
    try (Model model = champion.release().openModel()) {
      LoggedRows rows =
          new LoggedRows(manifest.featureDigest(), untilMs, layout, model, manifest.layout());
      history.vectors(manifest.featureDigest(), rows);
      List<LoggedRow> sorted = rows.sorted();
      terminal.say(
          "  "
              + Figures.count(sorted.size())
              + " mature payments; left out: "
              + Figures.count(rows.unripe())
              + " too young for their labels, "
              + Figures.count(rows.others())
              + " of other features");
      left.put("payments too young for their labels", rows.unripe());
      left.put("labels known after the cut", labels.later());
      return sorted;
    }
  }

  private TrainingWindow window(TrialSplit split) {
    return new TrainingWindow(
        Instant.ofEpochMilli(split.rows().get(0).timeMs()),
        Instant.ofEpochMilli(split.windowMs()),
        run.training().maturity(),
        Instant.ofEpochMilli(cutMs()),
        false);
  }

  private TrainingSet set(List<LoggedRow> rows, KnownLabels labels, RowLayout layout) {
    Catalogue catalogue = champion.catalogue();
    TrainingSet.Builder builder = TrainingSet.builder(catalogue.names(), layout.sequences());
    for (LoggedRow row : rows) {
      builder.add(
          row.id(), row.timeMs(), row.row(), labels.fraud(row.id()), row.part(PaymentPart.CHANNEL));
    }
    TrainingSet set = builder.build();
    terminal.say(
        "  "
            + Figures.count(set.rows())
            + " payments train, "
            + Figures.count(set.positives())
            + " of them fraud");
    return set;
  }

  private TrainedModel train(TrainingSet set) {
    SearchSteps steps = new SearchSteps(terminal);
    if (run.training().kind() != ModelKind.FOREST) {
      TrainedModel trained = run.training().kind().train(set, seed, steps);
      steps.end();
      return trained;
    }
    Integer before = triedBefore();
    int most = before == null ? run.training().candidates() : before;
    long begun = WallClock.nanos();
    Duration time = run.training().searchTime();
    ForestSearch.Found found =
        ForestSearch.run(
            set,
            seed,
            most,
            () -> before != null || WallClock.nanos() - begun < time.toNanos(),
            steps);
    steps.end();
    terminal.say(
        "  the best of "
            + found.tried()
            + " candidates"
            + (found.tried() < most
                ? ", for the time of the search was up after "
                    + Math.round((WallClock.nanos() - begun) / NANOS_A_SECOND)
                    + " s"
                : "")
            + ": "
            + found.parameters());
    return found.forest();
  }

  /**
   * Candidates that the release of this request was found among, if it stands: then as many are
   * tried, however long it takes, so that the same request gives the same bytes.
   */
  private @Nullable Integer triedBefore() {
    Path folder = run.out().resolve(name(request));
    if (!Files.exists(folder.resolve(ReleaseStore.MANIFEST))) {
      return null;
    }
    try {
      Double tried = ReleaseStore.load(folder).manifest().metrics().get(ForestSearch.TRIED);
      return tried == null ? null : tried.intValue();
    } catch (ReleaseRefused e) {
      throw new Refused(e);
    }
  }

  private double alertBudget() {
    Double percent = run.trial().alertBudgetPercent();
    return percent == null ? champion.release().manifest().alertBudgetPercent() : percent;
  }

  private ReleaseSpec spec() {
    return new ReleaseSpec(
        name(request),
        request.getModel(),
        "logged-vectors",
        champion.catalogue().digest(),
        alertBudget(),
        !champion.release().manifest().channelThresholds().isEmpty());
  }

  private GateSettings settings() {
    GateSettings defaults = GateSettings.of(alertBudget(), seed);
    return new GateSettings(
        defaults.alertBudgetPercent(),
        defaults.bootstrap(),
        defaults.segments(),
        defaults.fairness(),
        defaults.stability(),
        run.trial().latencyMs());
  }

  private void tell(Verdict verdict) {
    terminal.say(
        "  judged on "
            + Figures.count(verdict.rows())
            + " later payments, "
            + Figures.count(verdict.frauds())
            + " fraud");
    verdict
        .checks()
        .forEach(
            check ->
                terminal.say(
                    "    " + (check.passed() ? "passed  " : "REFUSED ") + check.sentence()));
  }

  private void write(MadeRelease made, TrialSplit split, KnownLabels labels, Trial.Judged judged) {
    TrainingReference reference =
        new TrainingReference(
            champion.catalogue().names(), split.head(), champion.catalogue().reachMs());
    ModelCard card =
        new CardMaker(request, champion.release().manifest(), made.manifest(), split, labels)
            .card(judged, reference, left);
    try {
      Map<String, byte[]> files = ReleaseCompanions.of(champion.folder());
      files.put(ReferenceFile.NAME, ReferenceFile.write(made.withScores(reference.references())));
      files.put(ModelCard.JSON_FILE, card.json());
      files.put(CardPage.FILE, CardPage.of(card));
      ReleaseStore.writeTo(
          run.out().resolve(made.manifest().release()), made.manifest(), made.model(), files);
    } catch (IOException e) {
      throw new Refused("the release cannot be written: " + e.getMessage());
    }
  }
}
