package dev.tidegate.scoring.ensemble;

import dev.tidegate.scoring.model.DeviceUse;
import dev.tidegate.scoring.model.Model;
import java.util.List;

/**
 * Several models that score the same rows, blended and calibrated. A row for which one of them has
 * no answer (NaN) has none. The ensemble owns its members and closes them.
 */
public final class EnsembleModel implements Model {
  private static final int BLOCK = 1024;

  // configuration
  private final List<Model> members;
  private final List<String> names;
  private final Blend blend;
  private final Calibration calibration;

  // runtime
  private final float[][] scored;
  private final double[] row;
  private float[][] said = {};
  private float[] block = {};
  private boolean closed;

  /**
   * Of open models.
   *
   * @throws IllegalArgumentException if they differ in width, or are not as many as the blend takes
   */
  public EnsembleModel(List<Model> members, Blend blend, Calibration calibration) {
    this(members, List.of(), blend, calibration);
  }

  /**
   * Of open models with names, by which rules may ask what one of them says.
   *
   * @param names one a member; empty for none
   */
  public EnsembleModel(
      List<Model> members, List<String> names, Blend blend, Calibration calibration) {
    this.names = List.copyOf(names);
    if (members.isEmpty() || members.size() != blend.members()) {
      throw new IllegalArgumentException(
          members.size() + " models for a blend of " + blend.members());
    }
    int width = members.get(0).width();
    if (members.stream().anyMatch(member -> member.width() != width)) {
      throw new IllegalArgumentException(
          "models of different widths: " + members.stream().map(Model::width).toList());
    }
    this.members = List.copyOf(members);
    this.blend = blend;
    this.calibration = calibration;
    this.scored = new float[members.size()][BLOCK];
    this.row = new double[members.size()];
  }

  @Override
  public int width() {
    return members.get(0).width();
  }

  /** A GPU if one member has it; what is missing is what the first member misses. */
  @Override
  public DeviceUse device() {
    return members.stream()
        .map(Model::device)
        .filter(use -> use.gpu() || use.missing() != null)
        .findFirst()
        .orElse(DeviceUse.CPU);
  }

  @Override
  public void score(float[] rows, int count, float[] scores) {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
    Model.requireRoom(rows, width(), count, scores);
    if (!names.isEmpty() && (said.length == 0 || said[0].length < count)) {
      said = new float[names.size()][count];
    }
    for (int from = 0; from < count; from += BLOCK) {
      int size = Math.min(BLOCK, count - from);
      float[] some = from == 0 ? rows : copied(rows, from, size);
      for (int member = 0; member < scored.length; member++) {
        members.get(member).score(some, size, scored[member]);
        if (member < said.length) {
          System.arraycopy(scored[member], 0, said[member], from, size);
        }
      }
      for (int i = 0; i < size; i++) {
        scores[from + i] = blended(i);
      }
    }
  }

  private float[] copied(float[] rows, int from, int size) {
    if (block.length == 0) {
      block = new float[BLOCK * width()];
    }
    System.arraycopy(rows, from * width(), block, 0, size * width());
    return block;
  }

  private float blended(int place) {
    for (int member = 0; member < scored.length; member++) {
      float score = scored[member][place];
      if (Float.isNaN(score)) {
        return Float.NaN;
      }
      row[member] = score;
    }
    return (float) calibration.of(blend.of(row));
  }

  @Override
  public List<String> members() {
    return names;
  }

  @Override
  public float memberScore(int member, int row) {
    return said[member][row];
  }

  @Override
  public void close() {
    closed = true;
    members.forEach(Model::close);
  }
}
