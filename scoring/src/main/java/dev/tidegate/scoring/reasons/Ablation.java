package dev.tidegate.scoring.reasons;

import dev.tidegate.scoring.model.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * By ablation, for any model: a group adds what the margin loses when its values are replaced by
 * reference values (Covert, Lundberg and Lee, "Explaining by Removing", JMLR 22, 2021; occlusion:
 * Zeiler and Fergus, 2014). Exact for a margin that is a sum over groups; else parts need not add
 * up to the margin, since groups that stand in for one another add little each.
 *
 * <p>Reference values are missing ones, which networks of this project take for the centre of their
 * standardisation; where the model has no answer to a row of them, the means of sample rows. A row
 * costs one call of 2 and as many rows as there are groups, and one of as many as there are values
 * in the groups that speak for fraud. One thread at a time; the model is opened by the first call.
 */
final class Ablation implements Attribution {
  /** Scores are singles: closer to 0 or 1 their log odds say nothing. */
  private static final double LEAST = 1e-6;

  private final Supplier<Model> models;
  private final float[] samples;
  private final int width;
  private @Nullable Model model;
  private float[] reference = {};

  /**
   * Of a model that is not open yet.
   *
   * @param samples rows like those to come, one after the other, at least one
   */
  Ablation(Supplier<Model> models, float[] samples, int width) {
    if (samples.length == 0 || samples.length % width != 0) {
      throw new IllegalArgumentException(
          samples.length + " values are not whole rows of " + width + " values");
    }
    this.models = models;
    this.samples = samples.clone();
    this.width = width;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public synchronized Parts of(float[] row, int[] groups, int count) {
    if (row.length != width || groups.length != width) {
      throw new IllegalArgumentException("a row has " + width + " values, not " + row.length);
    }
    Model open = open();
    List<float[]> rows = new ArrayList<>(List.of(row, reference));
    for (int group = 0; group < count; group++) {
      float[] without = row.clone();
      for (int i = 0; i < width; i++) {
        without[i] = groups[i] == group ? reference[i] : row[i];
      }
      rows.add(without);
    }
    double[] margins = margins(open, rows);
    if (Double.isNaN(margins[0])) {
      throw new IllegalStateException("the model has no answer to the row");
    }
    double[] added = new double[count];
    for (int group = 0; group < count; group++) {
      added[group] = lost(margins[0], margins[2 + group]);
    }
    return new Parts(margins[1], margins[0], added, heaviest(open, row, groups, added));
  }

  /** The value of each group that speaks for fraud whose loss alone costs most. */
  private int[] heaviest(Model open, float[] row, int[] groups, double[] added) {
    List<Integer> asked = new ArrayList<>();
    List<float[]> rows = new ArrayList<>(List.of(row));
    for (int i = 0; i < width; i++) {
      if (added[groups[i]] > 0) {
        float[] without = row.clone();
        without[i] = reference[i];
        rows.add(without);
        asked.add(i);
      }
    }
    double[] margins = margins(open, rows);
    int[] heaviest = new int[added.length];
    double[] most = new double[added.length];
    Arrays.fill(heaviest, -1);
    for (int place = 0; place < asked.size(); place++) {
      int value = asked.get(place);
      int group = groups[value];
      double alone = lost(margins[0], margins[1 + place]);
      if (heaviest[group] < 0 || alone > most[group]) {
        heaviest[group] = value;
        most[group] = alone;
      }
    }
    return heaviest;
  }

  /** A row without an answer says nothing. */
  private static double lost(double margin, double without) {
    return Double.isNaN(without) ? 0 : margin - without;
  }

  private double[] margins(Model open, List<float[]> rows) {
    float[] all = new float[rows.size() * width];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, all, i * width, width);
    }
    float[] scores = open.score(all);
    double[] margins = new double[scores.length];
    for (int i = 0; i < margins.length; i++) {
      margins[i] = margin(scores[i]);
    }
    return margins;
  }

  /** Log odds; NaN for what is no probability. */
  private static double margin(float score) {
    if (!(score >= 0 && score <= 1)) {
      return Double.NaN;
    }
    double inside = Math.max(LEAST, Math.min(1 - LEAST, score));
    return Math.log(inside / (1 - inside));
  }

  private Model open() {
    Model open = model;
    if (open == null) {
      open = models.get();
      model = open;
      reference = reference(open);
    }
    return open;
  }

  private float[] reference(Model open) {
    float[] nothing = new float[width];
    Arrays.fill(nothing, Float.NaN);
    return Double.isNaN(margin(open.score(nothing)[0])) ? means() : nothing;
  }

  /** Of the known values; 0 where none is. */
  private float[] means() {
    float[] means = new float[width];
    for (int column = 0; column < width; column++) {
      double sum = 0;
      int known = 0;
      for (int at = column; at < samples.length; at += width) {
        if (!Float.isNaN(samples[at])) {
          sum += samples[at];
          known++;
        }
      }
      means[column] = known == 0 ? 0 : (float) (sum / known);
    }
    return means;
  }

  @Override
  public synchronized void close() {
    if (model != null) {
      model.close();
      model = null;
    }
  }
}
