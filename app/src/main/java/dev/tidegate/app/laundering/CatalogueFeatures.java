package dev.tidegate.app.laundering;

import dev.tidegate.app.offline.FeatureRows;
import dev.tidegate.app.offline.LabelledFile;
import dev.tidegate.app.terminal.Terminal;
import dev.tidegate.features.catalogue.Catalogue;
import it.unimi.dsi.fastutil.objects.Object2IntMap;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Features of the catalogue for the payments of a file, computed from its start as the stream
 * computes them. Labels are known too late to be in any of them.
 */
final class CatalogueFeatures implements AutoCloseable {
  private static final Duration NEVER = Duration.ofDays(36_500);

  private final List<String> names;
  private final @Nullable FeatureRows rows;

  private CatalogueFeatures(List<String> names, @Nullable FeatureRows rows) {
    this.names = names;
    this.rows = rows;
  }

  /** Is told the features of payments. */
  interface Receiver {
    /**
     * One payment.
     *
     * @param place in the set
     * @param values in the order of the names; not a number where there is none
     */
    void features(int place, float[] values);
  }

  /** No features. */
  static CatalogueFeatures none() {
    return new CatalogueFeatures(List.of(), null);
  }

  /**
   * Computes those of a file.
   *
   * @throws Exception what stopped the pipeline, as Flink reports it
   */
  static CatalogueFeatures of(LabelledFile source, Catalogue catalogue, Terminal terminal)
      throws Exception {
    FeatureRows rows = FeatureRows.of(source, catalogue, NEVER, terminal);
    return new CatalogueFeatures(catalogue.names(), rows);
  }

  /** Names of the features, in the order of the values. */
  List<String> names() {
    return names;
  }

  /**
   * Tells the payments of a set, in no particular order.
   *
   * @throws IOException if the work folder cannot be read
   */
  void each(LaunderingSet set, Receiver receiver) throws IOException {
    if (rows == null) {
      return;
    }
    Object2IntMap<String> places = new Object2IntOpenHashMap<>();
    places.defaultReturnValue(-1);
    for (int i = 0; i < set.payments().size(); i++) {
      places.put(set.payments().get(i).id(), i);
    }
    rows.each(
        (vector, values, fraud, kind) -> {
          int place = places.getInt(vector.getTransaction().getTransactionId());
          if (place >= 0) {
            receiver.features(place, values);
          }
        });
  }

  @Override
  public void close() {
    if (rows != null) {
      rows.close();
    }
  }
}
