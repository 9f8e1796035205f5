package dev.tidegate.app.laundering;

import dev.tidegate.app.Refused;
import dev.tidegate.app.offline.FeatureRows;
import dev.tidegate.app.offline.LabelledFile;
import dev.tidegate.app.release.DeclaredFeatures;
import dev.tidegate.app.release.Releases;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.retrain.train.TimeRange;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.release.LoadedRelease;
import dev.tidegate.scoring.release.RowLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges a release of the AML lane on a file with labels: features and signals are computed from
 * the file's start and joined as live, and the payments between two dates are scored. Nothing is
 * chosen on them: the threshold is the release's own. Holds a score and a label a payment.
 */
public final class ReleaseJudging {
  private static final int BATCH = 1_024;

  private final Model model;
  private final RowLayout layout;
  private final TimeRange range;
  private final PatternFile.Patterns patterns;
  private final List<LabelledPayment> payments = new ArrayList<>();
  private final float[] matrix;
  private final float[] batch = new float[BATCH];
  private double[] scores = new double[BATCH];
  private int pending;

  private ReleaseJudging(
      LoadedRelease release, Model model, TimeRange range, PatternFile.Patterns patterns) {
    this.model = model;
    this.layout = release.manifest().layout();
    this.range = range;
    this.patterns = patterns;
    this.matrix = new float[BATCH * layout.width()];
  }

  /**
   * Judges.
   *
   * @param folder the release's
   * @throws Refused if the release or the file cannot be used, or no labelled payment between
   *     accounts lies in the range
   */
  public static ReleaseFigures run(LabelledFile source, Path folder, Terminal terminal)
      throws Exception {
    Catalogue catalogue = DeclaredFeatures.of(folder);
    LoadedRelease release = Releases.loadAml(folder, catalogue, Device.CPU);
    PatternFile.Patterns patterns = PatternFile.patternsOf(source.profile().name(), source.file());
    try (FeatureRows rows = FeatureRows.joined(source, catalogue, null, terminal);
        Model model = release.openModel()) {
      TimeRange range =
          TimeRange.within(source.since(), source.until(), rows.firstMs(), rows.lastMs());
      ReleaseJudging judging = new ReleaseJudging(release, model, range, patterns);
      terminal.begin("scoring", 0);
      rows.each(judging::row);
      judging.flush();
      terminal.at(judging.payments.size());
      terminal.end();
      return judging.figures(release, source.profile().name());
    }
  }

  private void row(FeatureVector vector, float[] values, boolean fraud, @Nullable String kind) {
    Transaction payment = vector.getTransaction();
    if (!range.contains(payment.getEventTimeMs())) {
      return;
    }
    if (!layout.place(vector, matrix, pending * layout.width())) {
      throw new IllegalStateException(
          payment.getTransactionId() + " has other features or sequences than the release");
    }
    payments.add(
        new LabelledPayment(
            payment.getTransactionId(),
            0,
            0,
            payment.getEventTimeMs(),
            payment.getAmountMinor(),
            0,
            -1,
            fraud,
            kind,
            patterns.of(payment)));
    pending++;
    if (pending == BATCH) {
      flush();
    }
  }

  private void flush() {
    model.score(matrix, pending, batch);
    int before = payments.size() - pending;
    if (scores.length < payments.size()) {
      scores = Arrays.copyOf(scores, Math.max(payments.size(), 2 * scores.length));
    }
    for (int i = 0; i < pending; i++) {
      scores[before + i] = batch[i];
    }
    pending = 0;
  }

  private ReleaseFigures figures(LoadedRelease release, String set) {
    long laundering = payments.stream().filter(LabelledPayment::laundering).count();
    if (laundering == 0) {
      throw new Refused(
          "no payment between accounts that is known as laundering lies in "
              + range.since()
              + " to "
              + range.until());
    }
    double threshold = release.manifest().threshold();
    TestJudge judge = new TestJudge(payments, Arrays.copyOf(scores, payments.size()), threshold);
    return new ReleaseFigures(
        release.manifest().release(),
        set,
        range.since().toString(),
        range.until().toString(),
        payments.size(),
        (int) laundering,
        threshold,
        judge.figures(),
        judge.byTypology(),
        judge.patterns());
  }
}
