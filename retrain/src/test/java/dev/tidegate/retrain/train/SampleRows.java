package dev.tidegate.retrain.train;

import dev.tidegate.scoring.release.SequenceInput;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Seeded rows with a signal in two features, one missing now and then, and one of pure noise. */
public final class SampleRows {
  public static final List<String> NAMES = List.of("amount", "count", "gap", "noise");

  private SampleRows() {}

  public static TrainingSet set(int rows, long seed) {
    TrainingSet.Builder builder = TrainingSet.builder(NAMES);
    Random random = new Random(seed);
    for (int i = 0; i < rows; i++) {
      float[] vector = vector(random);
      builder.add("t" + i, i * 1_000L, vector, random.nextDouble() < rate(vector));
    }
    return builder.build();
  }

  public static float[] vector(Random random) {
    float amount = (float) Math.exp(random.nextGaussian());
    float count = random.nextInt(8);
    float gap = random.nextInt(5) == 0 ? Float.NaN : random.nextFloat();
    return new float[] {amount, count, gap, random.nextFloat()};
  }

  /** The true probability of fraud of a row. */
  public static double rate(float[] vector) {
    double odds = -5 + 1.2 * Math.log(vector[0]) + 0.5 * vector[1];
    odds += Float.isNaN(vector[2]) ? 1.5 : -vector[2];
    return 1 / (1 + Math.exp(-odds));
  }

  /**
   * Rows of four features of noise and a sequence of up to 6 events of an age and an amount. Fraud
   * is an amount that rises from event to event, which no single value shows; one in ten rows.
   */
  public static TrainingSet sequences(int rows, long seed) {
    TrainingSet.Builder builder =
        TrainingSet.builder(NAMES, List.of(new SequenceInput("account", 0, 6, 2)));
    Random random = new Random(seed);
    for (int i = 0; i < rows; i++) {
      boolean fraud = random.nextInt(10) == 0;
      int events = fraud ? 6 : 1 + random.nextInt(6);
      float[] amounts = new float[events];
      for (int event = 0; event < events; event++) {
        amounts[event] = (float) Math.exp(3 + random.nextGaussian());
      }
      if (fraud) {
        Arrays.sort(amounts);
      }
      float[] row = Arrays.copyOf(vector(random), 16);
      Arrays.fill(row, 4, 16, Float.NaN);
      for (int event = 0; event < events; event++) {
        int at = 16 - 2 * (events - event);
        row[at] = 60f * (events - 1 - event);
        row[at + 1] = amounts[event];
      }
      builder.add("t" + i, i * 1_000L, row, fraud);
    }
    return builder.build();
  }

  /** Four features that go with one another; of one row in twenty, the fraud, they do not. */
  public static TrainingSet odd(int rows, long seed) {
    TrainingSet.Builder builder = TrainingSet.builder(NAMES);
    Random random = new Random(seed);
    for (int i = 0; i < rows; i++) {
      boolean fraud = random.nextInt(20) == 0;
      float[] row = new float[4];
      float common = (float) random.nextGaussian();
      for (int column = 0; column < 4; column++) {
        row[column] = fraud ? (float) (2 * random.nextGaussian()) : common * (1 + column);
      }
      if (random.nextInt(10) == 0) {
        row[random.nextInt(4)] = Float.NaN;
      }
      builder.add("t" + i, i * 1_000L, row, fraud);
    }
    return builder.build();
  }

  /** Noise in 143 features and 32 events of 7 fields, one value in ten missing. */
  public static TrainingSet wide(int rows, long seed) {
    List<String> names = IntStream.range(0, 143).mapToObj(i -> "feature_" + i).toList();
    TrainingSet.Builder builder =
        TrainingSet.builder(names, List.of(new SequenceInput("account", 0, 32, 7)));
    Random random = new Random(seed);
    for (int i = 0; i < rows; i++) {
      float[] row = new float[143 + 32 * 7];
      for (int column = 0; column < row.length; column++) {
        row[column] =
            random.nextInt(10) == 0 ? Float.NaN : (float) (column % 30 * random.nextGaussian());
      }
      builder.add("t" + i, i * 1_000L, row, random.nextInt(10) == 0);
    }
    return builder.build();
  }

  /** The same rows with labels drawn anew, on the newer part too. */
  public static TrainingSet relabelled(TrainingSet set, long seed) {
    TrainingSet.Builder builder = TrainingSet.builder(set.featureNames());
    Random random = new Random(seed);
    for (int row = 0; row < set.rows(); row++) {
      builder.add("t" + row, set.timeMs(row), set.vector(row), random.nextInt(20) == 0);
    }
    return builder.build();
  }

  /** The same rows with the last ones' values times a factor. */
  public static TrainingSet scaledFrom(TrainingSet set, int from, float factor) {
    TrainingSet.Builder builder = TrainingSet.builder(set.featureNames());
    for (int row = 0; row < set.rows(); row++) {
      float[] vector = set.vector(row).clone();
      for (int i = 0; row >= from && i < vector.length; i++) {
        vector[i] *= factor;
      }
      builder.add("t" + row, set.timeMs(row), vector, set.fraud(row));
    }
    return builder.build();
  }
}
