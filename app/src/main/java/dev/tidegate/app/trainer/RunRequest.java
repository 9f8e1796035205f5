package dev.tidegate.app.trainer;

import dev.tidegate.app.offline.ModelKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a training run is to do besides what its request says.
 *
 * @param request file of the retrain request
 * @param out folder of releases
 * @param places where events and the champion are
 * @param training how to train
 * @param trial what the challenger must show
 */
public record RunRequest(Path request, Path out, Places places, How training, Trial trial) {
  /**
   * Where events and the champion are.
   *
   * @param kafka bootstrap servers
   * @param registry URL of the schema registry
   * @param history folder of Parquet files with what the topics no longer keep; null for none
   * @param champion its folder; null to find the request's release by [models], beside the new one,
   *     or among those that ship
   */
  public record Places(
      String kafka, String registry, @Nullable Path history, @Nullable Path champion) {}

  /**
   * How to train.
   *
   * @param kind of the model
   * @param maturity from a payment to when an unreported one counts as legitimate
   * @param candidates forests to try at most
   * @param searchTime after which no further candidate is begun
   */
  public record How(ModelKind kind, Duration maturity, int candidates, Duration searchTime) {}

  /**
   * What the challenger must show.
   *
   * @param windowShare share of the mature payments, the newest, that is held out for the gates
   * @param alertBudgetPercent null for the champion's
   * @param latencyMs 99th percentile allowed for one payment
   * @param segments parts of payments whose values are segments
   * @param fairnessBy part whose values are groups; null for none
   */
  public record Trial(
      double windowShare,
      @Nullable Double alertBudgetPercent,
      double latencyMs,
      List<String> segments,
      @Nullable String fairnessBy) {
    /** Takes a copy. */
    public Trial {
      segments = List.copyOf(segments);
    }
  }
}
