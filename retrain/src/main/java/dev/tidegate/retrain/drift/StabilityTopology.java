package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.detect.PageBudget;
import dev.tidegate.retrain.stability.FeatureReference;
import dev.tidegate.retrain.stability.PanelSettings;
import dev.tidegate.retrain.stability.PaymentPart;
import dev.tidegate.retrain.stability.StabilityPanel;
import dev.tidegate.retrain.stream.RunningTopology;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.FeatureVector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Named;
import org.jspecify.annotations.Nullable;

/**
 * [features] to [drift]: calibrated PSI of every feature, and of parts of the payment, an hour of
 * event time at a time against the same hour of the week of the release's reference.
 *
 * <p>Each partition keeps the cells of its vectors, a byte a feature, and hands on counts of up to
 * {@value CellsProcessor#BATCH} vectors; one task adds them up by hour and judges hours that have
 * ended. Stores live in memory with a changelog. Vectors of another catalogue are passed over:
 * {@link QualityTopology} tells these.
 */
public final class StabilityTopology {
  /** Consumer group and prefix of the internal topics. */
  public static final String APPLICATION_ID = "retrain-stability";

  private static final String BATCHES = "feature-cells";
  private static final Duration HOUR = Duration.ofHours(1);

  private StabilityTopology() {}

  /**
   * What is watched.
   *
   * @param release whose reference it is
   * @param featureDigest digest of the catalogue of its vectors
   * @param places of the numeric features in a vector
   * @param numeric their references, in the order of the places
   * @param parts references of parts of the payment
   * @param how when a feature stands out, and from which age of the stream on
   */
  public record Watched(
      String release,
      String featureDigest,
      List<Integer> places,
      List<FeatureReference> numeric,
      List<FeatureReference> parts,
      How how) {
    /** Copies. */
    public Watched {
      places = List.copyOf(places);
      numeric = List.copyOf(numeric);
      parts = List.copyOf(parts);
    }

    /**
     * What a release's reference allows to watch.
     *
     * @param references as its file holds them
     * @param movingWithTime features that are not compared: they move whatever payments are like
     * @return null if there is nothing to compare with
     */
    public static @Nullable Watched of(
        Release release, List<FeatureReference> references, Set<String> movingWithTime, How how) {
      List<Integer> places = new ArrayList<>();
      List<FeatureReference> numeric = new ArrayList<>();
      List<FeatureReference> parts = new ArrayList<>();
      for (FeatureReference reference : references) {
        int place = release.featureNames().indexOf(reference.name());
        if (reference.name().startsWith(PaymentPart.PREFIX)) {
          parts.add(reference);
        } else if (place >= 0
            && reference.bins() != null
            && !movingWithTime.contains(reference.name())) {
          places.add(place);
          numeric.add(reference);
        }
      }
      return numeric.isEmpty() && parts.isEmpty()
          ? null
          : new Watched(release.name(), release.featureDigest(), places, numeric, parts, how);
    }

    /** All references, numeric ones first: the order of cells. */
    List<FeatureReference> all() {
      List<FeatureReference> all = new ArrayList<>(numeric);
      all.addAll(parts);
      return all;
    }

    StabilityPanel panel() {
      return new StabilityPanel(numeric, parts, how.panel());
    }

    List<PaymentPart> paymentParts() {
      return parts.stream()
          .map(part -> PaymentPart.named(part.name().substring(PaymentPart.PREFIX.length())))
          .toList();
    }
  }

  /**
   * A release.
   *
   * @param name its name
   * @param featureDigest digest of the catalogue of its vectors
   * @param featureNames features of a vector, in its order
   */
  public record Release(String name, String featureDigest, List<String> featureNames) {
    /** Copies. */
    public Release {
      featureNames = List.copyOf(featureNames);
    }
  }

  /**
   * How it is watched.
   *
   * @param panel when a feature stands out
   * @param reachMs how far back features look: nothing is compared before the stream is that old
   * @param partitions of [features]: an hour is judged once so many have gone past it
   */
  public record How(PanelSettings panel, long reachMs, int partitions) {
    /** By a page budget in which the panel counts as one monitor. */
    public static How of(PageBudget budget, long reachMs, int partitions) {
      return new How(PanelSettings.atLevel(budget.level(HOUR)), reachMs, partitions);
    }
  }

  /** Monitors that share in a page budget: the panel controls its features together. */
  public static int monitors() {
    return 1;
  }

  /**
   * Starts the topology for one release, exactly once; returns before the first vector is read.
   *
   * @param registry where schemas have numbers; must outlive it
   * @param meter counts what it passes over
   */
  public static RunningTopology start(
      DriftMonitor.Where where, SchemaRegistry registry, Watched watched, DriftMeter meter) {
    return FramedTopology.start(where, APPLICATION_ID, define(watched, registry, meter));
  }

  /** The topology for one release. */
  public static Topology define(Watched watched, SchemaRegistry registry) {
    return define(watched, registry, new DriftMeter());
  }

  /** The topology for one release, counting on a meter. */
  static Topology define(Watched watched, SchemaRegistry registry, DriftMeter meter) {
    FramedTopology frame = new FramedTopology(registry, meter);
    frame.store(CellsProcessor.STORE, Serdes.Bytes());
    frame.store(PanelProcessor.STORE, Serdes.String());
    return frame.to(
        frame
            .events(Topics.FEATURES, FeatureVector.class, "vectors")
            .process(
                () -> new CellsProcessor(watched, meter),
                Named.as("count-cells"),
                CellsProcessor.STORE)
            .repartition(FramedTopology.together(BATCHES))
            .process(
                () -> new PanelProcessor(watched), Named.as("judge-hours"), PanelProcessor.STORE));
  }
}
