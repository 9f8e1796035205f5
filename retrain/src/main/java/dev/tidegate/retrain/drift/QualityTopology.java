package dev.tidegate.retrain.drift;

import dev.tidegate.retrain.detect.Learning;
import dev.tidegate.retrain.detect.PageBudget;
import dev.tidegate.retrain.quality.FieldExpectation;
import dev.tidegate.retrain.quality.QualityMonitor;
import dev.tidegate.retrain.stability.FeatureReference;
import dev.tidegate.retrain.stability.PaymentPart;
import dev.tidegate.retrain.stream.RunningTopology;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.FeatureVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Named;

/**
 * [features] to [drift]: faults that became more frequent in the vectors a release scores: features
 * without a value or outside the range of the release's reference, parts of the payment that are
 * missing or that the reference does not know, vectors of another catalogue, late ones. A release
 * without a reference has no ranges and no parts to compare with.
 *
 * <p>Each partition watches its own vectors with detectors of its own, since handing each vector on
 * to one place would cost more than looking at it. The store lives in memory with a changelog, some
 * 120 bytes a feature. Only alarms are published.
 */
public final class QualityTopology {
  /** Consumer group and prefix of the internal topics. */
  public static final String APPLICATION_ID = "retrain-quality";

  private QualityTopology() {}

  /**
   * What is watched.
   *
   * @param release whose vectors these are
   * @param fields what is looked at of a vector
   * @param featureDigest digest of the catalogue that they come from
   * @param learning how usual rates are learned
   * @param runLength average vectors of a partition to a false alarm promised of each detector
   * @param reachMs how far back features look: they are not watched before the stream is that old
   */
  public record Watched(
      String release,
      Fields fields,
      String featureDigest,
      Learning learning,
      double runLength,
      long reachMs) {}

  /**
   * What is looked at of a vector.
   *
   * @param features one a value, in the vector's order
   * @param parts of the payment, named as {@link PaymentPart#feature} has them
   */
  public record Fields(List<FieldExpectation> features, List<FieldExpectation> parts) {
    /** Copies. */
    public Fields {
      features = List.copyOf(features);
      parts = List.copyOf(parts);
    }

    /**
     * Fields as a release's reference held them; a feature that it does not hold is any number.
     *
     * @param featureNames features of a vector, in its order
     * @param references of the release; none if it has no reference
     */
    public static Fields of(List<String> featureNames, List<FeatureReference> references) {
      Map<String, FeatureReference> known = new HashMap<>();
      references.forEach(reference -> known.put(reference.name(), reference));
      List<FieldExpectation> features = new ArrayList<>();
      for (String name : featureNames) {
        FeatureReference reference = known.get(name);
        features.add(
            reference == null || reference.bins() == null
                ? FieldExpectation.anyNumber(name)
                : FieldExpectation.of(reference));
      }
      return new Fields(
          features,
          references.stream()
              .filter(reference -> reference.name().startsWith(PaymentPart.PREFIX))
              .map(FieldExpectation::of)
              .toList());
    }

    /** The parts, in the order of {@link #parts}. */
    List<PaymentPart> paymentParts() {
      return parts.stream()
          .map(part -> PaymentPart.named(part.name().substring(PaymentPart.PREFIX.length())))
          .toList();
    }

    /** Number of fields. */
    public int size() {
      return features.size() + parts.size();
    }
  }

  /** Monitors that share in a page budget: those of all partitions. */
  public static int monitors(int fields, int partitions) {
    return partitions * QualityMonitor.detectors(fields);
  }

  /** The run length in a budget whose monitors include these, for vectors spread evenly. */
  public static double runLength(PageBudget budget, double vectorsPerSecond, int partitions) {
    return budget.runLength(vectorsPerSecond / partitions);
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
    frame.store(QualityProcessor.STORE, Serdes.String());
    return frame.to(
        frame
            .events(Topics.FEATURES, FeatureVector.class, "vectors")
            .process(
                () -> new QualityProcessor(watched, meter),
                Named.as("watch-faults"),
                QualityProcessor.STORE));
  }
}
