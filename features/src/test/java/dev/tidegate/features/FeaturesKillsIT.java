package dev.tidegate.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidegate.features.BankPayments.Arrival;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Feature;
import dev.tidegate.features.history.Kind;
import dev.tidegate.features.history.VectorOracle;
import dev.tidegate.lab.audit.KafkaTopicLog;
import dev.tidegate.lab.audit.VectorAuditor;
import dev.tidegate.lab.audit.VectorReport;
import dev.tidegate.lab.guarantee.EveryPaymentHasItsVector;
import dev.tidegate.lab.guarantee.VectorsNeverChange;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.StreamSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.MurmurHash3;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The ready catalogue over a simulated bank, with labels, out of order and with repeats, while the
 * task manager is killed again and again: the vectors are those that the definitions give.
 */
class FeaturesKillsIT {
  private static final Catalogue READY = Catalogue.read(Path.of("../config/features.yaml"));
  private static final int PAYMENTS = 4_000;
  private static final int KILLS = 5;
  private static final int BATCH = 40;
  private static final int LABELS_EVERY = 13;
  private static final int AHEAD = 200;
  private static final int UNSAVED = 60;
  private static final int DISORDER_MS = 30 * 60_000;
  private static final StreamSettings.Timing TIMING =
      new StreamSettings.Timing(DISORDER_MS, 60_000, StreamSettings.Timing.defaults().driftMs());

  private final BankPayments bank = BankPayments.of(PAYMENTS, 20260301, DISORDER_MS);

  @Test
  void shouldGiveTheOraclesVectorsThoughTheTaskManagerIsKilledFiveTimes() throws Exception {
    VectorReport report;
    try (LiveFeatures live = LiveFeatures.start(READY, TIMING)) {
      stream(live);
      live.beat(Long.MAX_VALUE / 2);
      live.awaitVectors(PAYMENTS);
      assertThat(live.job().checkpoints().restored()).as("restarts").isEqualTo(KILLS);
      report =
          new VectorAuditor(new KafkaTopicLog(live.bootstrapServers(), live.registry()))
              .audit(bank.payments().stream().map(Transaction::getTransactionId).toList());
    }
    new EveryPaymentHasItsVector().verify(report);
    new VectorsNeverChange().verify(report);
    assertThat(report.raw()).as("vectors sent again").isGreaterThan(bank.arrivals().size());
    assertEqualToTheOracle(report.vectors());
  }

  /**
   * Sends batch after batch, never far ahead of the vectors, and kills in between. Labels are read
   * before the payments' time reaches them, as the job asks.
   */
  private void stream(LiveFeatures live) throws Exception {
    Kills kills = new Kills(live);
    List<Arrival> arrivals = bank.arrivals();
    int labelled = 0;
    for (int from = 0; from < arrivals.size(); from += BATCH) {
      if (from / BATCH % LABELS_EVERY == 0) {
        int ahead = Math.min(arrivals.size(), from + BATCH * LABELS_EVERY) - 1;
        int known = knownBy(arrivals.get(ahead).atMs());
        live.sendLabels(bank.labels().subList(labelled, known));
        labelled = known;
        kills.saved();
      }
      List<Arrival> batch = arrivals.subList(from, Math.min(arrivals.size(), from + BATCH));
      live.send(batch.stream().map(Arrival::payment).toList());
      live.beat(batch.get(batch.size() - 1).atMs() - DISORDER_MS + 1);
      kills.afterABatch();
      live.awaitVectors(from * PAYMENTS / arrivals.size() - AHEAD);
    }
    assertThat(kills.done).isEqualTo(KILLS);
  }

  private int knownBy(long timeMs) {
    int known = 0;
    while (known < bank.labels().size() && bank.labels().get(known).getKnownAtMs() <= timeMs) {
      known++;
    }
    return known;
  }

  /** Saves when enough new vectors are there, and kills when more came than were saved. */
  private static final class Kills {
    private final LiveFeatures live;
    private int done;
    private int seenAtKill;
    private int seenAtSave = -1;

    Kills(LiveFeatures live) {
      this.live = live;
    }

    /** A checkpoint was taken. */
    void saved() {
      seenAtSave = live.seen();
    }

    void afterABatch() {
      int seen = live.seen();
      if (done == KILLS || seen - seenAtKill < PAYMENTS / (KILLS + 2)) {
        return;
      }
      if (seenAtSave < seenAtKill) {
        live.job().checkpoint();
        saved();
      } else if (seen - seenAtSave >= UNSAVED) {
        assertThat(live.job().checkpoints().completed()).isGreaterThan(done);
        live.killTaskManager();
        done++;
        seenAtKill = seen;
      }
    }
  }

  private void assertEqualToTheOracle(Map<String, FeatureVector> vectors) {
    VectorOracle oracle = new VectorOracle(READY);
    int[] seen = new int[2];
    int knownFrauds = 0;
    for (Step step : steps()) {
      if (step.isLabel()) {
        oracle.fraud(step.payment());
        continue;
      }
      FeatureVector vector = vectors.get(step.payment().getTransactionId());
      VectorOracle.Expected expected = oracle.of(step.payment());
      assertThat(vector.getLate()).isFalse();
      assertThat(vector.getFeatureDigest()).isEqualTo(READY.digest());
      assertThat(vector.getApproximate())
          .as("approximate of %s", step.payment().getTransactionId())
          .isEqualTo(expected.isApproximate());
      seen[expected.isApproximate() ? 1 : 0]++;
      assertEqual(vector, expected);
      knownFrauds += hasKnownFraud(expected) ? 1 : 0;
    }
    assertThat(knownFrauds).as("vectors that know of a fraud").isGreaterThan(PAYMENTS / 100);
    assertThat(seen[0]).as("vectors that are exact in every value").isGreaterThan(PAYMENTS / 10);
    assertThat(seen[1]).as("vectors of which some values come from tiles").isPositive();
  }

  private static boolean hasKnownFraud(VectorOracle.Expected expected) {
    List<Feature> features = READY.features();
    for (int i = 0; i < features.size(); i++) {
      Kind kind = kind(features.get(i));
      if ((kind == Kind.RISK || kind == Kind.FRAUDS) && expected.value(i) > 0) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Kind kind(Feature feature) {
    return feature instanceof Feature.Measured measured ? measured.measure().kind() : null;
  }

  private static void assertEqual(FeatureVector vector, VectorOracle.Expected expected) {
    List<Feature> features = READY.features();
    for (int i = 0; i < features.size(); i++) {
      if (!expected.isExact(i)) {
        continue;
      }
      float value = vector.getValues().get(i);
      double wanted = expected.value(i);
      double allowed = allowed(features.get(i)) * Math.max(1, Math.abs(wanted));
      String what = features.get(i).name() + " of " + vector.getTransaction().getTransactionId();
      if (Double.isNaN(wanted) || allowed == 0) {
        assertThat(Float.valueOf(value)).as(what).isEqualTo(Float.valueOf((float) wanted));
      } else {
        assertThat((double) value).as(what).isCloseTo(wanted, within(allowed));
      }
    }
  }

  /** Relative error of what is not a sum of whole numbers: roots, and angles kept as integers. */
  private static double allowed(Feature feature) {
    Kind kind = kind(feature);
    if (kind == Kind.HOUR_SCORE) {
      return 1e-3;
    }
    return kind == Kind.DEVIATION || kind == Kind.Z_SCORE || kind == Kind.HOUR_DISTANCE ? 1e-6 : 0;
  }

  /** A payment, or that it became known as fraud. */
  private record Step(long timeMs, boolean isLabel, Transaction payment) {}

  /** In the order of time; at one time labels first, then payments by the hash of their id. */
  private List<Step> steps() {
    Map<String, Transaction> byId = new HashMap<>();
    List<Step> steps = new ArrayList<>();
    for (Transaction payment : bank.payments()) {
      byId.put(payment.getTransactionId(), payment);
      steps.add(new Step(payment.getEventTimeMs(), false, payment));
    }
    for (Label label : bank.labels()) {
      steps.add(new Step(label.getKnownAtMs(), true, byId.get(label.getTransactionId())));
    }
    steps.sort(
        Comparator.comparingLong(Step::timeMs)
            .thenComparing(step -> !step.isLabel())
            .thenComparingLong(step -> hash(step)[0])
            .thenComparingLong(step -> hash(step)[1]));
    return steps;
  }

  private static long[] hash(Step step) {
    return MurmurHash3.hash128x64(
        step.payment().getTransactionId().getBytes(StandardCharsets.UTF_8));
  }
}
