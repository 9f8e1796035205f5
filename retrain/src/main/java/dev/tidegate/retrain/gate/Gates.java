package dev.tidegate.retrain.gate;

import dev.tidegate.retrain.drift.CalibratedPsi;
import dev.tidegate.retrain.drift.ScoreReference;
import dev.tidegate.retrain.outcome.FairnessMeasure;
import dev.tidegate.retrain.outcome.FairnessReading;
import dev.tidegate.retrain.outcome.FairnessWindow;
import dev.tidegate.scoring.release.Manifest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Challenger against champion on the same payments of a window that comes after everything the
 * challenger learned from. Both of average precision and recall at the alert budget must be better
 * beyond a paired bootstrap interval: a challenger that is only as good is refused, and refusing
 * costs nothing, for the champion goes on. That both must pass makes the probability of a false
 * pass at most that of one alone. {@code docs/concepts/gates.md} defines each gate.
 */
public final class Gates {
  private static final double CHANCE = 0.01;

  private final GateSettings settings;

  /** With what must be shown. */
  public Gates(GateSettings settings) {
    this.settings = settings;
  }

  /** Judges; with too few frauds to compare, that is the only gate told. */
  public Verdict judge(TrialRows rows, Challenger challenger) {
    int least = settings.bootstrap().leastFrauds();
    if (rows.numberOfFrauds() < least) {
      return new Verdict(rows.rows(), rows.numberOfFrauds(), List.of(tooFew(rows, least)));
    }
    PairedBootstrap.Found found = new PairedBootstrap(rows, settings).run();
    List<Check> checks = new ArrayList<>();
    checks.add(
        better(
            "pr-auc",
            "PR-AUC",
            found.champion().averagePrecision(),
            found.challenger().averagePrecision(),
            found.averagePrecision()));
    checks.add(
        better(
            "recall-at-budget",
            "recall at " + settings.alertBudgetPercent() + " % alerts",
            found.champion().recallAtBudget(),
            found.challenger().recallAtBudget(),
            found.recallAtBudget()));
    checks.add(segments(found.segments()));
    checks.add(fairness(rows, challenger));
    checks.add(scores(rows, challenger));
    checks.add(alerts(rows, challenger));
    checks.add(latency(challenger));
    return new Verdict(rows.rows(), rows.numberOfFrauds(), checks);
  }

  private static Check tooFew(TrialRows rows, int least) {
    return new Check(
        "window",
        false,
        text(
            "%d frauds in %d payments of the window, and fewer than %d decide nothing",
            rows.numberOfFrauds(), rows.rows(), least),
        Map.of("frauds", (double) rows.numberOfFrauds()));
  }

  private static Check better(
      String gate, String name, double before, double after, Interval difference) {
    boolean passed = difference.low() > 0;
    return new Check(
        gate,
        passed,
        text(
            "%s %.4f against the champion's %.4f, difference %+.4f, interval %+.4f to %+.4f%s",
            name,
            after,
            before,
            difference.difference(),
            difference.low(),
            difference.high(),
            passed ? "" : ": not better"),
        Map.of(
            "champion", before,
            "challenger", after,
            "difference", difference.difference(),
            "low", difference.low(),
            "high", difference.high()));
  }

  private Check segments(Map<String, Interval> segments) {
    double bound = settings.segments().bound();
    Map<String, Double> figures = new TreeMap<>();
    List<String> worse = new ArrayList<>();
    segments.forEach(
        (segment, interval) -> {
          figures.put(segment, interval.difference());
          // Beyond the bound, and not by chance.
          if (interval.difference() < -bound && interval.high() < 0) {
            worse.add(
                text(
                    "%s loses %.4f of its recall, interval %+.4f to %+.4f",
                    segment, -interval.difference(), interval.low(), interval.high()));
          }
        });
    return new Check(
        "segments",
        worse.isEmpty(),
        worse.isEmpty()
            ? text("none of %d segments loses more than %.2f of its recall", segments.size(), bound)
            : String.join(", ", worse) + text(" where %.2f is allowed", bound),
        figures);
  }

  private Check fairness(TrialRows rows, Challenger challenger) {
    if (!rows.grouped()) {
      return new Check("fairness", true, "no groups are configured to compare", Map.of());
    }
    Map<String, Double> figures = new TreeMap<>();
    List<String> breached = new ArrayList<>();
    int inherited = 0;
    List<FairnessReading> champion = championReadings(rows, challenger);
    for (FairnessReading reading : readings(rows, challenger)) {
      String measure =
          reading.measure() == FairnessMeasure.DISPARATE_IMPACT
              ? "disparate impact"
              : "false-positive-rate ratio";
      figures.put(measure + " of " + reading.group(), reading.ratio());
      if (reading.breached() && champion.stream().anyMatch(reading::noWorseThan)) {
        inherited++;
      } else if (reading.breached()) {
        breached.add(
            text(
                "%s of %s %.3f, interval %.3f to %.3f, beyond %.3f",
                measure,
                reading.group(),
                reading.ratio(),
                reading.low(),
                reading.high(),
                reading.limit()));
      }
    }
    return new Check(
        "fairness",
        breached.isEmpty(),
        breached.isEmpty()
            ? text("%d readings of groups within their limits", figures.size() - inherited)
                + (inherited == 0
                    ? ""
                    : text(", %d beyond them and no worse than the champion's", inherited))
            : String.join(", ", breached),
        figures);
  }

  /** How groups fare at a challenger's threshold; none where rows have no groups. */
  public List<FairnessReading> readings(TrialRows rows, Challenger challenger) {
    return readings(rows, rows.challengerScores(), challenger.threshold());
  }

  /** How they fare under the champion where it stops about as many. */
  private List<FairnessReading> championReadings(TrialRows rows, Challenger challenger) {
    long stopped =
        Arrays.stream(rows.challengerScores())
            .filter(score -> score >= challenger.threshold())
            .count();
    if (stopped == 0) {
      return List.of();
    }
    double[] ascending = rows.championScores();
    Arrays.sort(ascending);
    return readings(rows, rows.championScores(), ascending[(int) (ascending.length - stopped)]);
  }

  private List<FairnessReading> readings(TrialRows rows, double[] scores, double threshold) {
    FairnessWindow window = new FairnessWindow();
    for (int row = 0; row < scores.length; row++) {
      String group = rows.group(row);
      if (group != null) {
        boolean stopped = scores[row] >= threshold;
        window.decided(group, stopped);
        window.matured(group, stopped, rows.fraud(row));
      }
    }
    return window.assess(settings.fairness());
  }

  private Check scores(TrialRows rows, Challenger challenger) {
    long[] reference = challenger.reference().counts().stream().mapToLong(c -> c).toArray();
    long[] actual = challenger.reference().bins().count(rows.challengerScores());
    CalibratedPsi.Reading reading =
        new CalibratedPsi(CHANCE, settings.stability().psi()).compare(reference, actual);
    return new Check(
        "score-stability",
        !reading.drifted(),
        text("PSI of its scores %.4f where %.4f is allowed", reading.psi(), reading.threshold()),
        Map.of("psi", reading.psi(), "limit", reading.threshold()));
  }

  private Check alerts(TrialRows rows, Challenger challenger) {
    double alerts =
        100.0
            * Arrays.stream(rows.challengerScores())
                .filter(score -> score >= challenger.threshold())
                .count()
            / rows.rows();
    double limit = settings.alertBudgetPercent() * settings.stability().alertFactor();
    return new Check(
        "alert-rate",
        alerts <= limit,
        text("its threshold alerts on %.3f %% where %.3f %% is allowed", alerts, limit),
        Map.of("percent", alerts, "limit", limit));
  }

  /** What was measured is not among the figures: it differs from run to run. */
  private Check latency(Challenger challenger) {
    boolean passed = challenger.latencyMs() <= settings.latencyMs();
    return new Check(
        "latency",
        passed,
        passed
            ? text("99 of 100 payments scored within %.1f ms", settings.latencyMs())
            : text(
                "99 of 100 payments scored within %.2f ms where %.1f ms is allowed",
                challenger.latencyMs(), settings.latencyMs()),
        Map.of("limit", settings.latencyMs()));
  }

  /** The reference that stands in a challenger's manifest, and its threshold. */
  public static Challenger challenger(Manifest manifest, double latencyMs) {
    return new Challenger(ScoreReference.of(manifest), manifest.threshold(), latencyMs);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
