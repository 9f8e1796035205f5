package dev.tidegate.graphaml.lane;

import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.file.EventFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.file.DataFileWriter;
import org.jspecify.annotations.Nullable;

/**
 * The join over whole files, by the kernel that joins live: for training and evaluation. Signals
 * are held in memory, 4 bytes a signal and some 600 a payment; vectors pass through.
 */
public final class JoinedFiles {
  private JoinedFiles() {}

  /**
   * Joins vectors and signals; those of payments without a payee account are left out, as live.
   *
   * @param signals folder of the graph's signals
   * @param vectors folder of feature vectors, any order
   * @param size number of signals
   * @param digest of the signal set
   * @param out file for the joined vectors
   * @return how many joined vectors there are
   */
  public static long join(Path signals, Path vectors, int size, String digest, Path out)
      throws IOException {
    VectorJoin join = new VectorJoin(size, digest, JoinBounds.SHIPPED);
    join.since(Long.MIN_VALUE);
    Map<String, Kept> kept = read(signals);
    long joined = 0;
    try (EventFile.Reader<FeatureVector> reader = EventFile.read(vectors, FeatureVector.class);
        DataFileWriter<FeatureVector> writer = EventFile.writer(out, FeatureVector.class)) {
      for (FeatureVector vector = reader.next(); vector != null; vector = reader.next()) {
        if (vector.getTransaction().getPayeeAccount() != null) {
          String id = vector.getTransaction().getTransactionId();
          FeatureVector one =
              join.came(vector, Long.MAX_VALUE, kept.getOrDefault(id, new Kept(null)));
          if (one != null) {
            writer.append(one);
            joined++;
          }
        }
      }
    }
    return joined;
  }

  private static Map<String, Kept> read(Path folder) throws IOException {
    Map<String, Kept> kept = new HashMap<>();
    try (EventFile.Reader<GraphSignal> reader = EventFile.read(folder, GraphSignal.class)) {
      for (GraphSignal signal = reader.next(); signal != null; signal = reader.next()) {
        kept.put(signal.getTransactionId(), new Kept(signal));
      }
    }
    return kept;
  }

  /** Signals of a payment whose vector is to come, with their values unboxed. */
  private static final class Kept implements Halves {
    private @Nullable GraphSignal signal;
    private final float[] values;
    private boolean gone;

    Kept(@Nullable GraphSignal signal) {
      values = signal == null ? new float[0] : unboxed(signal.getValues());
      this.signal = signal == null ? null : with(signal, List.of());
    }

    private static float[] unboxed(List<Float> boxed) {
      float[] values = new float[boxed.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = boxed.get(i);
      }
      return values;
    }

    private static GraphSignal with(GraphSignal signal, List<Float> values) {
      return new GraphSignal(
          signal.getTransactionId(),
          signal.getEventTimeMs(),
          signal.getIngestedAtMs(),
          signal.getAccount(),
          signal.getRole(),
          signal.getCounterparty(),
          signal.getSignalDigest(),
          values,
          signal.getLate(),
          null,
          signal.getCut());
    }

    @Override
    public @Nullable GraphSignal signal() {
      GraphSignal bare = signal;
      if (bare == null) {
        return null;
      }
      List<Float> boxed = new ArrayList<>(values.length);
      for (float value : values) {
        boxed.add(value);
      }
      return with(bare, boxed);
    }

    @Override
    public @Nullable FeatureVector vector() {
      return null;
    }

    @Override
    public void keep(FeatureVector vector) {
      throw new IllegalStateException("no vector waits at the end of time");
    }

    @Override
    public void keep(GraphSignal next) {
      throw new IllegalStateException("signals are all read before the vectors");
    }

    @Override
    public @Nullable Long goneMs() {
      return gone ? Long.valueOf(0) : null;
    }

    @Override
    public void go(long eventTimeMs) {
      gone = true;
      signal = null;
    }

    @Override
    public void clear() {
      signal = null;
    }
  }
}
