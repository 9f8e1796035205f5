package dev.tidegate.scoring.loop;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.codec.EventCodec;
import dev.tidegate.schemas.codec.SchemaRegistry;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.AlertReason;
import dev.tidegate.schemas.event.AlertReasons;
import dev.tidegate.scoring.forest.Forest;
import dev.tidegate.scoring.reasons.Explainer;
import dev.tidegate.scoring.reasons.Reason;
import dev.tidegate.scoring.reasons.ReasonPool;
import dev.tidegate.scoring.reasons.ReasonTable;
import dev.tidegate.scoring.reasons.Reasons;
import dev.tidegate.scoring.release.LoadedRelease;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reasons of alerts to [alert-reasons], under their ids, by a thread beside the loop. An alert goes
 * out first and never waits; its reasons come when there is time, once or, after a crash, perhaps
 * twice with the same content. Only releases that are forests have reasons. Belongs to the loop's
 * thread.
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
  private final Map<String, ReasonPool> pools = new LinkedHashMap<>();
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

  /** Explains the scores of this release from now on; those of earlier ones as well. */
  void explain(LoadedRelease release) {
    Forest trees = release.trees();
    String name = release.manifest().release();
    if (trees == null || trees.features() != release.manifest().featureNames().size()) {
      return; // an alert carries features alone
    }
    ReasonPool standing = pools.remove(name);
    if (standing != null) {
      pools.put(name, standing); // the one explained last is the last to go
      return;
    }
    Explainer explainer =
        new Explainer(trees, release.manifest().featureNames(), table, MOST_REASONS);
    pools.put(
        name,
        new ReasonPool(
            explainer::explain, (id, reasons) -> write(id, name, reasons), worker, ROOM));
    if (pools.size() > MOST_RELEASES) {
      end(pools.keySet().iterator().next());
    }
  }

  private void end(String release) {
    ReasonPool pool = pools.remove(release);
    if (pool != null) {
      pool.close();
      ended = sum(ended, pool.counts());
    }
  }

  /**
   * Asks for the reasons of alerts; those without a score or of a release without trees have none.
   */
  void ask(List<Alert> alerts) {
    for (Alert alert : alerts) {
      ReasonPool pool = pools.get(alert.getRelease());
      boolean scored = alert.getDegraded() == null && !alert.getFeatureValues().isEmpty();
      if (pool != null && scored) {
        pool.ask(alert.getAlertId(), row(alert.getFeatureValues()));
      }
    }
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
    for (ReasonPool pool : pools.values()) {
      all = sum(all, pool.counts());
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
    pools.values().forEach(ReasonPool::close);
    worker.shutdownNow();
  }
}
