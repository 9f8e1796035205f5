package dev.tidegate.retrain.train;

import java.util.List;
import java.util.Random;

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
}
