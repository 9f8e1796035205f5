package dev.tidegate.benchmarks.drift;

import dev.tidegate.retrain.detect.Learning;
import dev.tidegate.retrain.detect.PageBudget;
import dev.tidegate.retrain.drift.DriftSettings;
import dev.tidegate.retrain.drift.OutcomeSettings;
import dev.tidegate.retrain.drift.OutcomeTopology;
import dev.tidegate.retrain.drift.QualityTopology;
import dev.tidegate.retrain.drift.ScoreBins;
import dev.tidegate.retrain.drift.ScoreDriftTopology;
import dev.tidegate.retrain.drift.ScoreReference;
import dev.tidegate.retrain.drift.StabilityTopology;
import dev.tidegate.retrain.drift.VolumeTopology;
import dev.tidegate.retrain.stability.FeatureReference;
import dev.tidegate.retrain.stability.HourOfWeek;
import dev.tidegate.retrain.stability.PaymentPart;
import dev.tidegate.retrain.stability.References;
import dev.tidegate.retrain.stream.RunningTopology;
import dev.tidegate.retrain.stream.RunningTopology.Guarantee;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.SchemaRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What monitors know of a release with so many features, and its topologies as {@code up} starts
 * them: the same definitions, guarantees and page budget. Two things are smaller, so that a short
 * run has all of a payment's way in it: labels mature an hour of event time after their payment,
 * and usual rates are learned within 10,000 vectors of a partition.
 */
final class WatchedRelease {
  private static final double PER_SECOND = 20_000;
  private static final double PAGES = 13;
  private static final double BUDGET_PERCENT = 0.5;
  private static final Duration MATURING = Duration.ofMinutes(30);
  private static final Learning SHORT = new Learning(256, 10_000, 0.01);

  private final MonitoredPayments payments;
  private final List<String> names;
  private final List<FeatureReference> references;
  private final PageBudget budget;

  /** Topologies of monitors. */
  enum Monitor {
    /** {@link ScoreDriftTopology}. */
    SCORE(Topics.DECISIONS),
    /** {@link OutcomeTopology}; groups go through a topic of its own. */
    OUTCOMES(1, Topics.DECISIONS, Topics.LABELS, Topics.FEATURES),
    /** {@link QualityTopology}. */
    QUALITY(Topics.FEATURES),
    /** {@link VolumeTopology}. */
    VOLUME(Topics.TRANSACTIONS),
    /** {@link StabilityTopology}. */
    STABILITY(Topics.FEATURES);

    private final int handedOn;
    private final List<Topics> reads;

    Monitor(Topics... reads) {
      this(0, reads);
    }

    Monitor(int handedOn, Topics... reads) {
      this.handedOn = handedOn;
      this.reads = List.of(reads);
    }

    /** Records a payment that it hands on to itself, but for those of batches. */
    int handedOn() {
      return handedOn;
    }

    /** Records a payment that it processes, but for those of batches. */
    int records() {
      return reads.size() + handedOn;
    }

    /** Topics that it reads a record a payment of. */
    List<Topics> reads() {
      return reads;
    }
  }

  WatchedRelease(MonitoredPayments payments) {
    this.payments = payments;
    names = IntStream.range(0, payments.features()).mapToObj(f -> "f" + f).toList();
    references = References.of(names, rows(), 0);
    budget =
        PageBudget.aQuarter(
            PAGES,
            DriftSettings.monitors()
                + OutcomeSettings.monitors()
                + QualityTopology.monitors(references.size(), Topics.FEATURES.partitions())
                + VolumeTopology.monitors()
                + StabilityTopology.monitors());
  }

  /** One of each vector, over a week. */
  private References.Rows rows() {
    long week = HourOfWeek.HOURS * HourOfWeek.HOUR_MS;
    return new References.Rows() {
      @Override
      public int size() {
        return payments.different();
      }

      @Override
      public long timeMs(int row) {
        return row * week / payments.different();
      }

      @Override
      public float value(int row, int feature) {
        return payments.values(row).get(feature);
      }

      @Override
      public @Nullable String part(int row, PaymentPart part) {
        return part.of(payments.payment(row));
      }
    };
  }

  /** E-detectors that look at a vector. */
  int detectors() {
    return QualityTopology.monitors(references.size(), 1);
  }

  /** Starts a topology; returns before anything is read. */
  RunningTopology start(Monitor monitor, String id, Path folder, Place place) {
    SchemaRegistry registry = place.registry;
    String kafka = place.bootstrap;
    return switch (monitor) {
      case SCORE ->
          RunningTopology.start(
              ScoreDriftTopology.define(scores(), scoreSettings(), registry),
              id,
              kafka,
              folder,
              Guarantee.AT_LEAST_ONCE);
      case OUTCOMES ->
          RunningTopology.start(
              OutcomeTopology.define(MonitoredPayments.RELEASE, outcomes(), registry),
              id,
              kafka,
              folder,
              Guarantee.EXACTLY_ONCE);
      case QUALITY ->
          RunningTopology.start(
              QualityTopology.define(quality(), registry),
              id,
              kafka,
              folder,
              Guarantee.EXACTLY_ONCE);
      case VOLUME ->
          RunningTopology.start(
              VolumeTopology.define(
                  VolumeTopology.Watched.of(
                      MonitoredPayments.RELEASE,
                      budget,
                      PER_SECOND,
                      Topics.TRANSACTIONS.partitions()),
                  registry),
              id,
              kafka,
              folder,
              Guarantee.EXACTLY_ONCE);
      case STABILITY ->
          RunningTopology.start(
              StabilityTopology.define(stability(), registry),
              id,
              kafka,
              folder,
              Guarantee.EXACTLY_ONCE);
    };
  }

  /**
   * Where topologies run.
   *
   * @param bootstrap the broker
   * @param registry where schemas have numbers
   */
  record Place(String bootstrap, SchemaRegistry registry) {}

  private ScoreReference scores() {
    double[] scores =
        LongStream.range(0, payments.different()).mapToDouble(payments::score).toArray();
    ScoreBins bins = ScoreBins.quantiles(scores);
    return new ScoreReference(
        MonitoredPayments.RELEASE, bins, Arrays.stream(bins.count(scores)).boxed().toList());
  }

  private DriftSettings scoreSettings() {
    return DriftSettings.defaults().within(budget, PER_SECOND);
  }

  private OutcomeSettings outcomes() {
    OutcomeSettings usual =
        OutcomeSettings.of(
            budget,
            new OutcomeSettings.Of(BUDGET_PERCENT, 0, PaymentPart.PAYER_COUNTRY),
            new OutcomeSettings.Rates(PER_SECOND, 1),
            MATURING);
    return new OutcomeSettings(
        usual.labelDelayMs(),
        MATURING.toMillis(),
        usual.tickMs(),
        usual.batch(),
        usual.readingEach(),
        usual.detectors());
  }

  private QualityTopology.Watched quality() {
    return new QualityTopology.Watched(
        MonitoredPayments.RELEASE,
        QualityTopology.Fields.of(names, references),
        MonitoredPayments.DIGEST,
        SHORT,
        QualityTopology.runLength(budget, PER_SECOND, Topics.FEATURES.partitions()),
        0);
  }

  private StabilityTopology.Watched stability() {
    StabilityTopology.Watched watched =
        StabilityTopology.Watched.of(
            new StabilityTopology.Release(
                MonitoredPayments.RELEASE, MonitoredPayments.DIGEST, names),
            references,
            Set.of(),
            StabilityTopology.How.of(budget, 0, Topics.FEATURES.partitions()));
    if (watched == null) {
      throw new IllegalStateException("a release of the measurement has references");
    }
    return watched;
  }
}
