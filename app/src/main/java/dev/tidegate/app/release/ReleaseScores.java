package dev.tidegate.app.release;

import dev.tidegate.app.Refused;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.model.ModelException;
import dev.tidegate.scoring.release.LoadedRelease;
import dev.tidegate.scoring.release.Manifest;
import dev.tidegate.scoring.release.ReleaseRefused;
import dev.tidegate.scoring.release.ReleaseStore;
import dev.tidegate.scoring.release.RowLayout;
import dev.tidegate.scoring.rules.ModelScores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What releases say of payments at rest, for rules that look at single models by {@code
 * score("...")}: by a release's name, its model's, or that of an ensemble's member; {@code shadow}
 * is the first. A release is asked about a payment once, and only if a rule asks. Turned from
 * payment to payment; not thread safe.
 */
public final class ReleaseScores implements ModelScores, AutoCloseable {
  private final List<Opened> releases;
  private double champion = Double.NaN;

  private ReleaseScores(List<Opened> releases) {
    this.releases = releases;
  }

  /** A release and what it said last. */
  private static final class Opened {
    private final Manifest manifest;
    private final RowLayout layout;
    private final Model model;
    private final float[] row;
    private final float[] score = new float[1];
    private @Nullable FeatureVector vector;
    private boolean asked;
    private boolean answered;

    Opened(LoadedRelease release) {
      manifest = release.manifest();
      layout = manifest.layout();
      model = release.openModel();
      row = new float[layout.width()];
    }

    void turn(FeatureVector next) {
      vector = next;
      asked = false;
    }

    boolean isCalled(String name) {
      return name.equals(manifest.release())
          || name.equals(manifest.model())
          || model.members().contains(name);
    }

    double score(String name) {
      if (!asked && vector != null) {
        asked = true;
        answered = ask(vector);
      }
      if (!asked || !answered) {
        return Double.NaN;
      }
      int member = model.members().indexOf(name);
      return member < 0 ? score[0] : model.memberScore(member, 0);
    }

    /** As live: a model that throws or says no probability has no answer to the payment. */
    private boolean ask(FeatureVector payment) {
      try {
        if (!layout.place(payment, row, 0)) {
          return false;
        }
        model.score(row, 1, score);
        return score[0] >= 0 && score[0] <= 1;
      } catch (RuntimeException e) {
        return false;
      }
    }
  }

  /**
   * Opens releases.
   *
   * @param folders one a release; none for no scores
   * @param digest of the features that they are to be asked about
   * @throws Refused if one cannot serve
   */
  public static ReleaseScores open(List<Path> folders, String digest) {
    List<Opened> opened = new ArrayList<>();
    try {
      for (Path folder : folders) {
        opened.add(new Opened(ReleaseStore.load(folder, digest)));
      }
      return new ReleaseScores(opened);
    } catch (ReleaseRefused | ModelException e) {
      opened.forEach(one -> one.model.close());
      throw new Refused(e);
    }
  }

  /** True if there is none to ask. */
  public boolean isEmpty() {
    return releases.isEmpty();
  }

  /** True if a release takes sequences besides features. */
  public boolean takeSequences() {
    return releases.stream().anyMatch(one -> !one.layout.sequences().isEmpty());
  }

  /** Turns to a payment whose champion's score is known. */
  public void turn(FeatureVector vector, double championScore) {
    releases.forEach(one -> one.turn(vector));
    champion = championScore;
  }

  /**
   * Turns to a payment whose champion is the first release.
   *
   * @return the champion's score; NaN without a release, or where it has no answer
   */
  public double turn(FeatureVector vector) {
    turn(vector, Double.NaN);
    champion = of("shadow");
    return champion;
  }

  @Override
  public double of(String name) {
    return switch (name) {
      case "champion" -> champion;
      case "canary" -> Double.NaN;
      case "shadow" -> releases.isEmpty() ? Double.NaN : releases.get(0).score("");
      default ->
          releases.stream()
              .filter(one -> one.isCalled(name))
              .findFirst()
              .map(one -> one.score(name))
              .orElse(Double.NaN);
    };
  }

  @Override
  public void close() {
    releases.forEach(one -> one.model.close());
  }
}
