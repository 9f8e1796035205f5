package dev.tidegate.retrain.ensemble;

import dev.tidegate.retrain.train.TrainedModel;
import dev.tidegate.scoring.ensemble.Blend;
import dev.tidegate.scoring.ensemble.Calibration;
import dev.tidegate.scoring.release.EnsembleFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Trained models as one, blended and calibrated. */
public final class TrainedEnsemble implements TrainedModel {
  private final List<Part> parts;
  private final EnsembleFile file;
  private final int width;
  private final Tail tail;

  /**
   * A model of the ensemble.
   *
   * @param name word for it, in file names and figures
   * @param width values it takes, from the front of a row
   */
  public record Part(String name, TrainedModel model, int width) {
    String file() {
      return name + "." + model.modelFile();
    }
  }

  /** The rows that neither models nor blend had seen, with their scores, and figures on them. */
  static final class Tail {
    private final int from;
    private final float[] scores;
    private final Map<String, Double> figures;

    Tail(int from, float[] scores, Map<String, Double> figures) {
      this.from = from;
      this.scores = scores;
      this.figures = figures;
    }
  }

  TrainedEnsemble(List<Part> parts, EnsembleFile file, int width, Tail tail) {
    this.parts = List.copyOf(parts);
    this.file = file;
    this.width = width;
    this.tail = tail;
  }

  @Override
  public String modelFile() {
    return "model.ensemble.zip";
  }

  @Override
  public byte[] modelBytes() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    parts.forEach(part -> files.put(part.file(), part.model.modelBytes()));
    return file.write(files);
  }

  @Override
  public float[] trainedScores(float[] rows) {
    List<float[]> scores = new ArrayList<>();
    for (Part part : parts) {
      scores.add(part.model.trainedScores(leading(rows, width, part.width)));
    }
    return blended(file, scores);
  }

  /** Scores of an ensemble from those of its models. */
  static float[] blended(EnsembleFile file, List<float[]> scores) {
    Blend blend = file.blend().blend();
    Calibration calibration = file.calibration().calibration();
    float[] blended = new float[scores.get(0).length];
    double[] row = new double[scores.size()];
    for (int i = 0; i < blended.length; i++) {
      for (int part = 0; part < row.length; part++) {
        row[part] = scores.get(part)[i];
      }
      blended[i] = (float) calibration.of(blend.of(row));
    }
    return blended;
  }

  private static float[] leading(float[] rows, int width, int own) {
    if (width == own) {
      return rows;
    }
    float[] leading = new float[rows.length / width * own];
    for (int i = 0; i < leading.length / own; i++) {
      System.arraycopy(rows, i * width, leading, i * own, own);
    }
    return leading;
  }

  /** Those of its models, an equal share each. */
  @Override
  public List<float[]> onThresholds(float[] row, int most) {
    List<float[]> rows = new ArrayList<>();
    for (Part part : parts) {
      float[] own = leading(row, width, part.width);
      for (float[] near : part.model.onThresholds(own, most / parts.size())) {
        float[] whole = row.clone();
        System.arraycopy(near, 0, whole, 0, near.length);
        rows.add(whole);
      }
    }
    return rows;
  }

  @Override
  public int validationFrom() {
    return tail.from;
  }

  @Override
  public float[] validationScores() {
    return tail.scores.clone();
  }

  @Override
  public long seed() {
    return parts.get(0).model.seed();
  }

  @Override
  public Map<String, Double> figures() {
    return tail.figures;
  }
}
