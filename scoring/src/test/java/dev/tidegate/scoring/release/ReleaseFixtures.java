package dev.tidegate.scoring.release;

import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.onnx.OnnxFixtures;
import dev.tidegate.scoring.onnx.OnnxModel;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Releases for tests: real manifests over small models. */
public final class ReleaseFixtures {
  /** Feature digest of every fixture. */
  public static final String FEATURES = "f".repeat(64);

  private ReleaseFixtures() {}

  /** A release whose score is its only feature. */
  public static LoadedRelease echo(double threshold) {
    byte[] onnx = OnnxFixtures.echo();
    return with(manifest(onnx, 1, threshold), () -> OnnxModel.open(onnx));
  }

  /** The same under another name. */
  public static Manifest named(String release, Manifest like) {
    return like(release, like.featureDigest(), like);
  }

  /** The same for another feature set. */
  public static Manifest taking(String featureDigest, Manifest like) {
    return like(like.release(), featureDigest, like);
  }

  private static Manifest like(String release, String featureDigest, Manifest like) {
    return new Manifest(
        release,
        like.model(),
        like.createdFrom(),
        featureDigest,
        like.featureNames(),
        like.modelFile(),
        like.modelSha256(),
        like.threshold(),
        like.alertBudgetPercent(),
        like.training(),
        like.metrics(),
        like.referenceScores(),
        like.golden(),
        like.sequences(),
        like.channelThresholds(),
        Map.of(),
        like.lane());
  }

  /** A release over a model of the caller's. */
  public static LoadedRelease with(Manifest manifest, Supplier<Model> models) {
    return new LoadedRelease(manifest, "0".repeat(64), null, models);
  }

  /** A manifest that takes a sequence besides, with a golden row of zeros. */
  public static Manifest withSequence(Manifest of, SequenceInput sequence) {
    float[][] golden = new float[1][of.width() + sequence.width()];
    return new Manifest(
        of.release(),
        of.model(),
        of.createdFrom(),
        of.featureDigest(),
        of.featureNames(),
        of.modelFile(),
        of.modelSha256(),
        of.threshold(),
        of.alertBudgetPercent(),
        of.training(),
        of.metrics(),
        of.referenceScores(),
        Manifest.Golden.of(golden, new double[1]),
        List.of(sequence),
        of.channelThresholds(),
        Map.of(),
        of.lane());
  }

  /** A valid manifest for a model file; golden scores are what the model says. */
  public static Manifest manifest(byte[] onnx, int width, double threshold) {
    return manifest("model.onnx", onnx, () -> OnnxModel.open(onnx), width, threshold);
  }

  /** A valid manifest for a model file of any format, with what opens it. */
  public static Manifest manifest(
      String file, byte[] bytes, Supplier<Model> models, int width, double threshold) {
    float[][] vectors = new float[2][width];
    for (int i = 0; i < width; i++) {
      vectors[0][i] = 0.1f * (i + 1);
      vectors[1][i] = i == 0 ? 0.25f : Float.NaN;
    }
    double[] scores = new double[2];
    try (Model model = models.get()) {
      for (int i = 0; i < 2; i++) {
        scores[i] = model.score(vectors[i])[0];
      }
    }
    return new Manifest(
        "fixture-0001",
        "fixture",
        "simulator",
        FEATURES,
        IntStream.range(0, width).mapToObj(i -> "feature_" + i).toList(),
        file,
        Sha256.hex(bytes),
        threshold,
        0.5,
        new Manifest.Training("2026-01-01T00:00:00Z", null, null, "P7D", 1000, 10, 42),
        Map.of("rocAuc", 0.9, "prAuc", 0.4),
        new Manifest.ReferenceScores(
            IntStream.rangeClosed(1, 9).mapToObj(i -> i / 10.0).toList(),
            List.copyOf(Collections.nCopies(11, 3L))),
        Manifest.Golden.of(vectors, scores),
        List.of(),
        Map.of(),
        Map.of(),
        "");
  }
}
