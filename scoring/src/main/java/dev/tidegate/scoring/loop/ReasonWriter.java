package dev.tidegate.scoring.loop;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.AlertReason;
import dev.tidegate.schemas.event.AlertReasons;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.scoring.forest.Forest;
import dev.tidegate.scoring.reasons.Explainer;
import dev.tidegate.scoring.reasons.Reason;
import dev.tidegate.scoring.reasons.ReasonPool;
import dev.tidegate.scoring.reasons.ReasonTable;
import dev.tidegate.scoring.reasons.Reasons;
import dev.tidegate.scoring.release.LoadedRelease;
import dev.tidegate.scoring.release.Manifest;
import dev.tidegate.scoring.release.RowLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reasons of alerts to [alert-reasons], under their ids, by a thread beside the loop. An alert goes
 * out first and never waits; its reasons come when there is time, once or, after a crash, perhaps
 * twice with the same content. Forests are explained by Shapley values, other models by ablation.
 * Belongs to the loop's thread.
 */
final class ReasonWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReasonWriter.class);
  private static final int MOST_REASONS = 5;
  private static final int MOST_RELEASES = 8;
  private static final ReasonPool.Bounds ROOM = new ReasonPool.Bounds(1_024, 16_384, 1);

  // configuration
  private final Producer<byte[], byte[]> producer;
  private final EventCodec<AlertReasons> codec;
  private final InstantSource clock;
  private final ReasonTable table = ReasonTable.shipped();
  private final ExecutorService worker;

  // runtime
  private final Map<String, Explained> pools = new LinkedHashMap<>();
  private ReasonPool.Counts told = new ReasonPool.Counts(0, 0, 0, 0);
  private ReasonPool.Counts ended = new ReasonPool.Counts(0, 0, 0, 0);

  /** Nobody is explained yet; the producer stays its owner's. */
  ReasonWriter(Producer<byte[], byte[]> producer, SchemaRegistry registry, InstantSource clock) {
    this.producer = producer;
    this.codec = EventCodec.of(Topics.ALERT_REASONS, AlertReasons.class, registry);
    this.clock = clock;
    this.worker = Executors.newSingleThreadExecutor(ReasonWriter::thread);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "scoring-reasons");
    thread.setDaemon(true);
    return thread;
  }

  /** A release whose alerts get reasons. */
  private record Explained(RowLayout layout, Explainer explainer, ReasonPool pool) {}

  /** Explains the scores of this release from now on; those of earlier ones as well. */
  void explain(LoadedRelease release) {
    String name = release.manifest().release();
    Explained standing = pools.remove(name);
    if (standing != null) {
      pools.put(name, standing); // the one explained last is the last to go
      return;
    }
    Explainer explainer = explainer(release);
    ReasonPool pool =
        new ReasonPool(explainer::explain, (id, reasons) -> write(id, name, reasons), worker, ROOM);
    pools.put(name, new Explained(release.manifest().layout(), explainer, pool));
    if (pools.size() > MOST_RELEASES) {
      end(pools.keySet().iterator().next());
    }
  }

  private Explainer explainer(LoadedRelease release) {
    Manifest manifest = release.manifest();
    RowLayout layout = manifest.layout();
    Forest trees = release.trees();
    if (trees != null && trees.features() == layout.width()) {
      return new Explainer(trees, manifest.featureNames(), table, MOST_REASONS);
    }
    List<String> names = layout.valueNames(manifest.featureNames());
    return Explainer.byAblation(
        release.models(), manifest.golden().rows(), names, table, MOST_REASONS);
  }

  private void end(String release) {
    Explained one = pools.remove(release);
    if (one != null) {
      one.pool.close();
      ended = sum(ended, one.pool.counts());
      worker.execute(one.explainer::close); // behind what it is at
    }
  }

  /** Asks for the reasons of alerts that an earlier scorer left without. */
  void ask(List<Alert> alerts) {
    ask(alerts, List.of());
  }

  /**
   * Asks for the reasons of alerts; those without a score or of a release unknown here have none.
   *
   * @param vectors of the batch: an alert carries features alone, and a model may have seen
   *     sequences besides; without its vector such an alert stays without reasons
   */
  void ask(List<Alert> alerts, List<FeatureVector> vectors) {
    Map<String, FeatureVector> byPayment = new HashMap<>();
    if (!alerts.isEmpty()) {
      vectors.forEach(vector -> byPayment.put(vector.getTransaction().getTransactionId(), vector));
    }
    for (Alert alert : alerts) {
      Explained release = pools.get(alert.getRelease());
      boolean scored = !Double.isNaN(alert.getScore()) && !alert.getFeatureValues().isEmpty();
      if (release != null && scored) {
        FeatureVector vector = byPayment.get(alert.getTransaction().getTransactionId());
        float[] row = row(release.layout, alert, vector);
        if (row != null) {
          release.pool.ask(alert.getAlertId(), row);
        }
      }
    }
  }

  private static float @Nullable [] row(
      RowLayout layout, Alert alert, @Nullable FeatureVector vector) {
    if (layout.sequences().isEmpty()) {
      return row(alert.getFeatureValues());
    }
    float[] row = new float[layout.width()];
    return vector != null && layout.place(vector, row, 0) ? row : null;
  }

  private static float[] row(List<Float> values) {
    float[] row = new float[values.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = values.get(i);
    }
    return row;
  }

  /** On the worker's thread. */
  private void write(String alertId, String release, Reasons reasons) {
    AlertReasons event =
        AlertReasons.newBuilder()
            .setAlertId(alertId)
            .setRelease(release)
            .setTableVersion(reasons.tableVersion())
            .setExpectedMargin(reasons.expectedMargin())
            .setMargin(reasons.margin())
            .setExplainedAtMs(clock.millis())
            .setReasons(reasons.heaviest().stream().map(ReasonWriter::reason).toList())
            .build();
    byte[] key = alertId.getBytes(StandardCharsets.UTF_8);
    // The callback hears of a failure.
    var unused =
        producer.send(
            new ProducerRecord<>(Topics.ALERT_REASONS.topic(), key, codec.encode(event)),
            (written, e) -> {
              if (e != null) {
                LOG.warn("reasons of alert {} were not written: {}", alertId, e.getMessage());
              }
            });
  }

  private static AlertReason reason(Reason reason) {
    return AlertReason.newBuilder()
        .setCode(reason.code().code())
        .setFamily(reason.code().family())
        .setFeature(reason.feature())
        .setValue(reason.value())
        .setLogOdds(reason.logOdds())
        .setEnglish(reason.code().english())
        .setChinese(reason.code().chinese())
        .build();
  }

  /** What happened since this was called last. */
  ReasonPool.Counts takeCounts() {
    ReasonPool.Counts all = ended;
    for (Explained one : pools.values()) {
      all = sum(all, one.pool.counts());
    }
    ReasonPool.Counts taken =
        new ReasonPool.Counts(
            all.explained() - told.explained(),
            all.later() - told.later(),
            all.refused() - told.refused(),
            all.failed() - told.failed());
    told = all;
    return taken;
  }

  private static ReasonPool.Counts sum(ReasonPool.Counts one, ReasonPool.Counts other) {
    return new ReasonPool.Counts(
        one.explained() + other.explained(),
        one.later() + other.later(),
        one.refused() + other.refused(),
        one.failed() + other.failed());
  }

  /** Finishes what waits, for as long as there is patience. */
  void finish(Duration patience) {
    pools.values().forEach(one -> worker.execute(one.explainer::close)); // behind what waits
    worker.shutdown();
    try {
      if (!worker.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("some alerts get their reasons from the next scorer");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    pools.values().forEach(one -> one.pool.close());
    worker.shutdownNow();
  }
}
