package dev.tidegate.app.offline;

import dev.tidegate.retrain.stability.FeatureReference;
import dev.tidegate.retrain.stability.PaymentPart;
import dev.tidegate.retrain.stability.References;
import dev.tidegate.retrain.train.TrainingSet;
import dev.tidegate.schemas.event.Transaction;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parts of the payments that a model learns from, which a training set does not hold. */
final class TrainedRows {
  private final LongArrayList timesMs = new LongArrayList();
  private final Map<PaymentPart, List<@Nullable String>> parts = new EnumMap<>(PaymentPart.class);
  private final Map<String, String> words = new HashMap<>();

  /** No rows yet. */
  TrainedRows() {
    for (PaymentPart part : PaymentPart.values()) {
      parts.put(part, new ArrayList<>());
    }
  }

  /** Adds a payment. */
  void add(Transaction payment) {
    timesMs.add(payment.getEventTimeMs());
    parts.forEach(
        (part, all) -> {
          String value = part.of(payment);
          all.add(value == null ? null : words.computeIfAbsent(value, same -> same));
        });
  }

  /**
   * References of features and parts.
   *
   * @param set the same payments' features
   * @param reachMs how far back they look
   */
  List<FeatureReference> references(TrainingSet set, long reachMs) {
    List<FeatureReference> all =
        new ArrayList<>(References.of(set.featureNames(), features(set), reachMs));
    all.addAll(References.of(List.of(), partsAlone(), reachMs));
    return all;
  }

  private static References.Rows features(TrainingSet set) {
    return new References.Rows() {
      @Override
      public int size() {
        return set.rows();
      }

      @Override
      public long timeMs(int row) {
        return set.timeMs(row);
      }

      @Override
      public float value(int row, int feature) {
        return set.value(row, feature);
      }

      @Override
      public @Nullable String part(int row, PaymentPart part) {
        return null;
      }
    };
  }

  private References.Rows partsAlone() {
    return new References.Rows() {
      @Override
      public int size() {
        return timesMs.size();
      }

      @Override
      public long timeMs(int row) {
        return timesMs.getLong(row);
      }

      @Override
      public float value(int row, int feature) {
        return Float.NaN;
      }

      @Override
      public @Nullable String part(int row, PaymentPart part) {
        List<@Nullable String> all = parts.get(part);
        return all == null ? null : all.get(row);
      }
    };
  }
}
