package dev.tidegate.app.trainer;

import dev.tidegate.app.Refused;
import dev.tidegate.retrain.drift.CalibratedPsi;
import dev.tidegate.retrain.gate.Challenger;
import dev.tidegate.retrain.gate.GateSettings;
import dev.tidegate.retrain.gate.Gates;
import dev.tidegate.retrain.gate.LatencyProbe;
import dev.tidegate.retrain.gate.TrialRows;
import dev.tidegate.retrain.gate.Verdict;
import dev.tidegate.retrain.outcome.FairnessReading;
import dev.tidegate.retrain.stability.PaymentPart;
import dev.tidegate.schemas.time.WallClock;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.release.Manifest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts champion and challenger on the same payments before the gates. */
final class Trial {
  private static final int BATCH = 1_024;
  private static final int PROBED = 1_000;

  private final GateSettings settings;
  private final List<PaymentPart> segments;
  private final @Nullable PaymentPart groups;

  Trial(GateSettings settings, RunRequest.Trial trial) {
    this.settings = settings;
    String by = trial.fairnessBy();
    try {
      segments = PaymentPart.named(trial.segments());
      groups = by == null ? null : PaymentPart.named(by);
    } catch (IllegalArgumentException e) {
      throw new Refused(e);
    }
  }

  /**
   * What the trial found.
   *
   * @param verdict of the gates
   * @param rows the window as both models scored it
   * @param fairness how groups fare at the challenger's threshold
   * @param scorePsi how its scores moved
   */
  record Judged(Verdict verdict, TrialRows rows, List<FairnessReading> fairness, double scorePsi) {}

  Judged judge(List<LoggedRow> window, KnownLabels labels, Manifest manifest, Model challenger) {
    TrialRows rows = rows(window, labels, challenger);
    float[] probed = new float[Math.min(PROBED, window.size()) * challenger.width()];
    for (int i = 0; i * challenger.width() < probed.length; i++) {
      System.arraycopy(window.get(i).row(), 0, probed, i * challenger.width(), challenger.width());
    }
    double latency = LatencyProbe.millis(challenger, probed, WallClock::nanos);
    Gates gates = new Gates(settings);
    Challenger facts = Gates.challenger(manifest, latency);
    return new Judged(
        gates.judge(rows, facts),
        rows,
        gates.readings(rows, facts),
        CalibratedPsi.defaults()
            .compare(
                facts.reference().counts().stream().mapToLong(count -> count).toArray(),
                facts.reference().bins().count(rows.challengerScores()))
            .psi());
  }

  /** The window as both models scored it. */
  TrialRows rows(List<LoggedRow> window, KnownLabels labels, Model challenger) {
    TrialRows rows = new TrialRows();
    int width = challenger.width();
    float[] batch = new float[BATCH * width];
    float[] scores = new float[BATCH];
    for (int from = 0; from < window.size(); from += BATCH) {
      int count = Math.min(BATCH, window.size() - from);
      for (int i = 0; i < count; i++) {
        System.arraycopy(window.get(from + i).row(), 0, batch, i * width, width);
      }
      challenger.score(batch, count, scores);
      for (int i = 0; i < count; i++) {
        LoggedRow row = window.get(from + i);
        rows.add(row.championScore(), scores[i], facts(row, labels));
      }
    }
    return rows;
  }

  private TrialRows.Facts facts(LoggedRow row, KnownLabels labels) {
    List<String> names = new ArrayList<>();
    for (PaymentPart part : segments) {
      String value = row.part(part);
      if (value != null) {
        names.add(part.field() + "=" + value);
      }
    }
    String kind = labels.kind(row.id());
    if (kind != null) {
      names.add("kind=" + kind);
    }
    return new TrialRows.Facts(
        labels.fraud(row.id()), row.customer(), groups == null ? null : row.part(groups), names);
  }
}
