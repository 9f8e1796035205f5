package dev.tidegate.scoring.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a release says about itself: {@code manifest.json}. An instance is always valid; every
 * constructor throws {@link IllegalArgumentException} with one line that names the key.
 *
 * @param release name and version, also the folder's name, for example card-fraud-sim-0001
 * @param model name of the model that this is a version of
 * @param createdFrom format profile of the rows it was trained on
 * @param featureDigest digest of the feature set it takes
 * @param featureNames names of the features, in the order of the model's input
 * @param modelFile name of the model file in the folder
 * @param modelSha256 SHA-256 of that file, 64 hexadecimal digits
 * @param threshold score in [0, 1] from which an alert is raised
 * @param alertBudgetPercent share of payments, in percent, that the threshold was chosen for
 * @param training what it learned from
 * @param metrics figures of its evaluation by name
 * @param referenceScores scores on the training rows, for drift
 * @param golden vectors with the scores they must get, as rows of the model's input
 * @param sequences what the model takes after the features; empty for none, and then not written
 * @param channelThresholds by channel the threshold of its payments, where it is not {@code
 *     threshold}; empty for none, and then not written
 * @param files SHA-256 of further files in the folder by their names, such as the reference of the
 *     features; empty for none, and then not written
 * @param lane word of the {@link ScoringLane} that it is for; empty for that of payments, and then
 *     not written
 */
public record Manifest(
    String release,
    String model,
    String createdFrom,
    String featureDigest,
    List<String> featureNames,
    String modelFile,
    String modelSha256,
    double threshold,
    double alertBudgetPercent,
    Training training,
    Map<String, Double> metrics,
    ReferenceScores referenceScores,
    Golden golden,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SequenceInput> sequences,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Double> channelThresholds,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> files,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String lane) {
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  /** Checks every value. */
  public Manifest {
    require(plain(release), "release must be letters, digits, '.', '_' or '-'");
    require(present(model), "model is empty");
    require(present(createdFrom), "createdFrom is empty");
    require(present(featureDigest), "featureDigest is empty");
    require(featureNames != null && !featureNames.isEmpty(), "featureNames is empty");
    require(plain(modelFile), "modelFile must be a plain file name");
    require(
        modelSha256 != null && SHA_256.matcher(modelSha256).matches(),
        "modelSha256 must be 64 hexadecimal digits");
    require(threshold >= 0 && threshold <= 1, "threshold must be in [0, 1]");
    require(
        alertBudgetPercent >= 0 && alertBudgetPercent <= 100,
        "alertBudgetPercent must be in [0, 100]");
    require(training != null, "training is missing");
    require(metrics != null, "metrics is missing");
    require(referenceScores != null, "referenceScores is missing");
    require(golden != null, "golden is missing");
    featureNames = List.copyOf(featureNames);
    metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    require(sequences != null, "sequences is null");
    sequences = List.copyOf(sequences);
    require(channelThresholds != null, "channelThresholds is null");
    channelThresholds = Collections.unmodifiableMap(new TreeMap<>(channelThresholds));
    require(
        channelThresholds.values().stream().allMatch(one -> one != null && one >= 0 && one <= 1),
        "channelThresholds must be in [0, 1]");
    int width = new RowLayout(featureNames.size(), sequences).width();
    require(
        golden.vectors().stream().allMatch(v -> v.size() == width),
        "golden has a vector that is not " + width + " features wide");
    require(files != null, "files is null");
    files = Collections.unmodifiableMap(new TreeMap<>(files));
    require(files.keySet().stream().allMatch(Manifest::plain), "files has no plain file name");
    require(
        files.values().stream().allMatch(sum -> SHA_256.matcher(sum).matches()),
        "files must have 64 hexadecimal digits each");
    require(lane != null && (lane.isEmpty() || lane.equals("aml")), "lane must be aml or nothing");
  }

  /** The same with the sums of further files. */
  public Manifest with(Map<String, String> sums) {
    return with(channelThresholds, sums, lane);
  }

  private Manifest with(Map<String, Double> thresholds, Map<String, String> sums, String word) {
    return new Manifest(
        release,
        model,
        createdFrom,
        featureDigest,
        featureNames,
        modelFile,
        modelSha256,
        threshold,
        alertBudgetPercent,
        training,
        metrics,
        referenceScores,
        golden,
        sequences,
        thresholds,
        sums,
        word);
  }

  /** The same with thresholds of channels' own. */
  public Manifest withChannelThresholds(Map<String, Double> thresholds) {
    return with(thresholds, files, lane);
  }

  /** The same for a lane. */
  public Manifest of(ScoringLane other) {
    return with(channelThresholds, files, other.word());
  }

  /** The threshold of a channel's payments; null is a payment without a channel. */
  public double thresholdOf(@Nullable String channel) {
    return channel == null ? threshold : channelThresholds.getOrDefault(channel, threshold);
  }

  /** Number of features the model takes. */
  public int width() {
    return featureNames.size();
  }

  /** How a vector becomes a row of the model's input. */
  public RowLayout layout() {
    return new RowLayout(width(), sequences);
  }

  private static boolean present(@Nullable String text) {
    return text != null && !text.isBlank();
  }

  private static boolean plain(@Nullable String name) {
    return name != null && PLAIN_NAME.matcher(name).matches();
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /**
   * What a model learned from.
   *
   * @param since event time of the first row, ISO-8601 instant; null for the start of the source
   * @param until event time before which the last row lies, ISO-8601 instant; null for its end
   * @param asOf labels known after this ISO-8601 instant were not used; null for no such limit
   * @param labelDelay time from a payment to its label, ISO-8601 duration
   * @param rows rows learned from
   * @param positives frauds among them
   * @param seed of everything random
   */
  public record Training(
      @Nullable String since,
      @Nullable String until,
      @Nullable String asOf,
      String labelDelay,
      long rows,
      long positives,
      long seed) {
    /** Checks every value. */
    public Training {
      requireInstant("since", since);
      requireInstant("until", until);
      requireInstant("asOf", asOf);
      require(labelDelay != null, "training.labelDelay is missing");
      try {
        Duration.parse(labelDelay);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(
            "training.labelDelay is not an ISO-8601 duration: " + labelDelay, e);
      }
      require(
          rows >= 0 && positives >= 0 && positives <= rows,
          "training must have 0 <= positives <= rows");
    }

    private static void requireInstant(String key, @Nullable String text) {
      try {
        if (text != null) {
          Instant.parse(text);
        }
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(
            "training." + key + " is not an ISO-8601 instant: " + text, e);
      }
    }
  }

  /**
   * The scores a release gave when it was made, as a histogram.
   *
   * @param edges 9 edges between 10 bins, ascending
   * @param counts rows in each of the 10 bins, then rows without a score
   */
  public record ReferenceScores(List<Double> edges, List<Long> counts) {
    private static final int EDGES = 9;
    private static final int COUNTS = 11;

    /** Checks every value. */
    public ReferenceScores {
      require(edges != null && edges.size() == EDGES, "referenceScores.edges must be 9 numbers");
      require(
          counts != null && counts.size() == COUNTS, "referenceScores.counts must be 11 numbers");
      edges = List.copyOf(edges);
      counts = List.copyOf(counts);
      for (int i = 0; i < EDGES; i++) {
        require(
            Double.isFinite(edges.get(i)) && (i == 0 || edges.get(i) >= edges.get(i - 1)),
            "referenceScores.edges must ascend");
      }
      require(
          counts.stream().allMatch(c -> c >= 0), "referenceScores.counts has a negative number");
    }
  }

  /**
   * Vectors with the scores they must get, so that a model that was exported, moved or run
   * otherwise than it was made shows itself before it decides.
   *
   * @param vectors one list of features each; NaN for a missing one
   * @param scores one probability each, never NaN
   */
  public record Golden(List<List<Float>> vectors, List<Double> scores) {
    /** Checks every value. */
    public Golden {
      require(vectors != null && !vectors.isEmpty(), "golden.vectors is empty");
      require(
          scores != null && scores.size() == vectors.size(),
          "golden must have as many scores as vectors");
      vectors = vectors.stream().map(List::copyOf).toList();
      scores = List.copyOf(scores);
      require(
          scores.stream().allMatch(s -> s >= 0 && s <= 1),
          "golden.scores has one that is no probability (NaN counts as none)");
    }

    /** Golden cases from arrays. */
    public static Golden of(float[][] vectors, double[] scores) {
      return new Golden(
          Arrays.stream(vectors).map(Golden::boxed).toList(),
          Arrays.stream(scores).boxed().toList());
    }

    private static List<Float> boxed(float[] vector) {
      Float[] values = new Float[vector.length];
      for (int i = 0; i < vector.length; i++) {
        values[i] = vector[i];
      }
      return List.of(values);
    }

    /** All vectors in one row-major array. */
    public float[] rows() {
      int width = vectors.get(0).size();
      float[] rows = new float[vectors.size() * width];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = vectors.get(i / width).get(i % width);
      }
      return rows;
    }
  }
}
