package dev.tidegate.retrain.card;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.retrain.evaluate.Evaluation;
import dev.tidegate.retrain.gate.Verdict;
import dev.tidegate.retrain.outcome.FairnessReading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What people should know of a release before they let it decide (Mitchell et al., "Model Cards for
 * Model Reporting", 2019). The components are the keys of its JSON form. It holds no clock time and
 * nothing measured in time, so the same training gives the same card.
 *
 * @param release the release
 * @param purpose what it is for, a sentence
 * @param request where it comes from
 * @param data what it learned from and was judged on
 * @param performance champion and challenger on the window of the gates
 * @param drift how features and score moved between the rows it learned from and the window
 * @param fairness groups at its threshold, in the window
 * @param gates the verdict
 * @param limits what it does not promise, sentences
 */
public record ModelCard(
    Release release,
    String purpose,
    Map<String, String> request,
    Material data,
    Performance performance,
    Drift drift,
    List<FairnessReading> fairness,
    Verdict gates,
    List<String> limits) {
  /** Its name in a release. */
  public static final String JSON_FILE = "card.json";

  /** Takes copies. */
  public ModelCard {
    request = new TreeMap<>(request);
    fairness = List.copyOf(fairness);
    limits = List.copyOf(limits);
  }

  /**
   * The release.
   *
   * @param name name and version
   * @param model what it is a version of
   * @param modelSha256 sum of its model file
   * @param featureDigest digest of the features it takes
   * @param threshold score from which it alerts
   * @param alertBudgetPercent share of payments the threshold was chosen for
   * @param figures of its training by name
   */
  public record Release(
      String name,
      String model,
      String modelSha256,
      String featureDigest,
      double threshold,
      double alertBudgetPercent,
      Map<String, Double> figures) {
    /** Takes a copy. */
    public Release {
      figures = new TreeMap<>(figures);
    }
  }

  /**
   * Rows.
   *
   * @param training rows it learned from
   * @param window rows it was judged on
   * @param labelsKnownAt moment up to which labels were known, ISO 8601
   * @param maturity age from which a payment without a label is legitimate, ISO 8601
   * @param left rows left out and why
   */
  public record Material(
      Rows training, Rows window, String labelsKnownAt, String maturity, Map<String, Long> left) {
    /** Takes a copy. */
    public Material {
      left = new TreeMap<>(left);
    }
  }

  /**
   * Rows of a time.
   *
   * @param since first moment, ISO 8601
   * @param until moment before which the last lies, ISO 8601
   * @param rows payments
   * @param frauds of which fraud
   */
  public record Rows(String since, String until, long rows, long frauds) {}

  /**
   * Both models on the window.
   *
   * @param champion figures of the champion; its own threshold
   * @param challenger figures of the release
   * @param segments figures of both on each segment
   */
  public record Performance(Evaluation champion, Evaluation challenger, List<Segment> segments) {
    /** Takes a copy. */
    public Performance {
      segments = List.copyOf(segments);
    }
  }

  /**
   * A part of the business.
   *
   * @param name field and value, or kind of fraud
   * @param rows its payments
   * @param frauds of which fraud
   * @param championRecall share of its frauds that the champion finds within one budget over all
   * @param challengerRecall share that the release finds
   */
  public record Segment(
      String name, long rows, long frauds, double championRecall, double challengerRecall) {}

  /**
   * How things moved from training to window.
   *
   * @param scorePsi of the score
   * @param features those that moved most, the most first
   */
  public record Drift(double scorePsi, List<FeatureDrift> features) {
    /** Takes a copy. */
    public Drift {
      features = List.copyOf(features);
    }
  }

  /**
   * A feature.
   *
   * @param name the feature
   * @param psi its population stability index, training against window
   * @param threshold index beyond which it is drift and not chance
   * @param nullRateTraining share of training rows without a value
   * @param nullRateWindow share of the window's rows without one
   */
  public record FeatureDrift(
      String name, double psi, double threshold, double nullRateTraining, double nullRateWindow) {}

  /** The card as JSON, UTF-8. */
  public byte[] json() {
    try {
      return (JsonMapper.builder()
                  .build()
                  .writerWithDefaultPrettyPrinter()
                  .writeValueAsString(this)
                  .replace(System.lineSeparator(), "\n")
              + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a card always has a JSON form", e);
    }
  }
}
