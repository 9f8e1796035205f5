package dev.tidegate.app.retrain;

import dev.tidegate.app.config.RetrainDials;
import dev.tidegate.app.stage.Addresses;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.retrain.detect.Learning;
import dev.tidegate.retrain.detect.PageBudget;
import dev.tidegate.retrain.drift.DriftMeter;
import dev.tidegate.retrain.drift.DriftMonitor;
import dev.tidegate.retrain.drift.DriftSettings;
import dev.tidegate.retrain.drift.OutcomeMonitor;
import dev.tidegate.retrain.drift.OutcomeSettings;
import dev.tidegate.retrain.drift.QualityTopology;
import dev.tidegate.retrain.drift.ScoreReference;
import dev.tidegate.retrain.drift.StabilityTopology;
import dev.tidegate.retrain.drift.VolumeTopology;
import dev.tidegate.retrain.stability.FeatureReference;
import dev.tidegate.retrain.stability.ReferenceFile;
import dev.tidegate.retrain.stream.RunningTopology;
import dev.tidegate.retrain.stream.SourcePartitions;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.scoring.release.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All monitors of one release, each a Kafka Streams application of one thread. */
final class ReleaseMonitors implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReleaseMonitors.class);
  private static final double SECONDS_A_DAY = Duration.ofDays(1).toSeconds();

  private final Surroundings around;
  private final Manifest manifest;
  private final List<FeatureReference> references;
  private final List<AutoCloseable> running = new ArrayList<>();
  private final List<BooleanSupplier> states = new ArrayList<>();
  private final SourcePartitions partitions;

  /**
   * What monitors of any release share.
   *
   * @param registry must outlive them
   * @param catalogue features of all releases that take charge
   * @param stateDir scratch space
   * @param meter counts what they do, one release after the other
   */
  record Surroundings(
      Addresses servers,
      SchemaRegistry registry,
      Monitors.Watching watching,
      Catalogue catalogue,
      Path stateDir,
      DriftMeter meter) {}

  private ReleaseMonitors(
      Surroundings around, Manifest manifest, List<FeatureReference> references) {
    this.around = around;
    this.manifest = manifest;
    this.references = references;
    this.partitions =
        SourcePartitions.at(
            around.servers.bootstrapServers(), Topics.FEATURES, Topics.TRANSACTIONS);
  }

  /**
   * Starts; returns before anything is read. What was started is stopped again if a later one
   * cannot start.
   *
   * @param folder of the release
   */
  static ReleaseMonitors start(Surroundings around, Manifest manifest, Path folder) {
    ReleaseMonitors monitors = new ReleaseMonitors(around, manifest, references(manifest, folder));
    try {
      monitors.startAll();
      return monitors;
    } catch (RuntimeException e) {
      monitors.close();
      throw e;
    }
  }

  /** Those that stand in its manifest, whose sum has been proven; none if it has none. */
  private static List<FeatureReference> references(Manifest manifest, Path folder) {
    if (!manifest.files().containsKey(ReferenceFile.NAME)) {
      return List.of();
    }
    try {
      return ReferenceFile.read(Files.readAllBytes(folder.resolve(ReferenceFile.NAME)));
    } catch (IOException e) {
      throw new UncheckedIOException("the reference of " + manifest.release(), e);
    }
  }

  private void startAll() {
    PageBudget budget = budget();
    DriftSettings scores =
        around
            .watching
            .scores()
            .reaching(around.catalogue.reachMs())
            .within(budget, dials().budget().paymentsPerSecond());
    DriftMonitor score =
        DriftMonitor.start(
            where("score"),
            around.registry,
            ScoreReference.of(manifest, references),
            scores,
            around.meter);
    add(score, score::running);
    if (!dials().enabled()) {
      return;
    }
    if (dials().outcomes()) {
      OutcomeMonitor outcomes =
          OutcomeMonitor.start(
              where("outcomes"),
              around.registry,
              manifest.release(),
              outcomes(budget),
              around.meter);
      add(outcomes, outcomes::running);
    }
    add(QualityTopology.start(where("quality"), around.registry, quality(budget), around.meter));
    add(
        VolumeTopology.start(
            where("volume"),
            around.registry,
            VolumeTopology.Watched.of(
                manifest.release(),
                budget,
                dials().budget().paymentsPerSecond(),
                partitions.of(Topics.TRANSACTIONS)),
            around.meter));
    stability(budget);
  }

  private void stability(PageBudget budget) {
    StabilityTopology.Watched features =
        StabilityTopology.Watched.of(
            new StabilityTopology.Release(
                manifest.release(), manifest.featureDigest(), manifest.featureNames()),
            references,
            around.catalogue.movingWithTime(),
            StabilityTopology.How.of(
                budget, around.catalogue.reachMs(), partitions.of(Topics.FEATURES)));
    if (features == null) {
      LOG.warn(
          "{} holds no {}: features are not compared, nor held against ranges",
          manifest.release(),
          ReferenceFile.NAME);
    } else {
      add(StabilityTopology.start(where("stability"), around.registry, features, around.meter));
    }
  }

  private void add(RunningTopology topology) {
    add(topology, topology::running);
  }

  private void add(AutoCloseable monitor, BooleanSupplier state) {
    running.add(monitor);
    states.add(state);
  }

  private RetrainDials dials() {
    return around.watching.dials();
  }

  private DriftMonitor.Where where(String monitor) {
    return new DriftMonitor.Where(
        around.servers.bootstrapServers(), around.stateDir.resolve(monitor));
  }

  private PageBudget budget() {
    return PageBudget.aQuarter(
        dials().budget().pagesAQuarter(),
        DriftSettings.monitors()
            + (dials().outcomes() ? OutcomeSettings.monitors() : 0)
            + QualityTopology.monitors(fields().size(), partitions.of(Topics.FEATURES))
            + VolumeTopology.monitors()
            + StabilityTopology.monitors());
  }

  private QualityTopology.Fields fields() {
    return QualityTopology.Fields.of(manifest.featureNames(), references);
  }

  private OutcomeSettings outcomes(PageBudget budget) {
    RetrainDials.Budget expected = dials().budget();
    return OutcomeSettings.of(
        budget,
        new OutcomeSettings.Of(
            manifest.alertBudgetPercent(),
            around.catalogue.reachMs(),
            expected.fairnessBy().part()),
        new OutcomeSettings.Rates(
            expected.paymentsPerSecond(), expected.dispositionsPerDay() / SECONDS_A_DAY),
        dials().labelDelay());
  }

  private QualityTopology.Watched quality(PageBudget budget) {
    return new QualityTopology.Watched(
        manifest.release(),
        fields(),
        manifest.featureDigest(),
        Learning.defaults(),
        QualityTopology.runLength(
            budget, dials().budget().paymentsPerSecond(), partitions.of(Topics.FEATURES)),
        around.catalogue.reachMs());
  }

  /** True once each reads every partition. */
  boolean running() {
    return states.stream().allMatch(BooleanSupplier::getAsBoolean);
  }

  @Override
  public void close() {
    Together.close(running);
  }
}
