package dev.tidegate.graphaml.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.GraphSignal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a joined vector says. */
class VectorJoinTest {
  private static final long TIME_MS = 50_000;

  private final VectorJoin join =
      new VectorJoin(Payments.SIGNAL_COUNT, Payments.SIGNALS, Payments.BOUNDS);
  private final HeapHalves halves = new HeapHalves();

  @Test
  void shouldPutTheSignalsBehindTheFeatures() {
    assertThat(join.came(Payments.signal("a", TIME_MS), halves)).isNull();
    FeatureVector joined =
        Objects.requireNonNull(join.came(Payments.vector("a", TIME_MS), 0, halves));

    assertThat(joined.getValues())
        .containsExactly((float) TIME_MS, Float.NaN, (float) TIME_MS, 0f, Float.NaN, 0f);
    assertThat(joined.getTransaction()).isEqualTo(Payments.vector("a", TIME_MS).getTransaction());
  }

  @Test
  void shouldFlagAVectorWhoseSignalsDidNotCome() {
    long dueMs = TIME_MS + Payments.BOUNDS.waitMs();
    join.came(Payments.signal("before", TIME_MS), new HeapHalves());
    assertThat(join.came(Payments.vector("a", TIME_MS), dueMs - 1, halves)).isNull();
    assertThat(join.passed(dueMs - 1, halves)).isNull();

    FeatureVector joined = Objects.requireNonNull(join.passed(dueMs, halves));

    assertThat(joined.getValues())
        .containsExactly((float) TIME_MS, Float.NaN, Float.NaN, Float.NaN, Float.NaN, 1f);
    assertThat(join.came(Payments.signal("a", TIME_MS), halves)).as("too late").isNull();
  }

  @Test
  void shouldDropVectorsOfBeforeTheFirstSignals() {
    long laterMs = 10 * TIME_MS;
    assertThat(join.came(Payments.vector("old", TIME_MS), laterMs, new HeapHalves())).isNull();
    assertThat(join.takeHistory()).as("no signals at all").isOne();

    join.came(Payments.signal("first", TIME_MS + 5), new HeapHalves());
    join.came(Payments.signal("later", TIME_MS + 9), new HeapHalves());

    assertThat(join.came(Payments.vector("older", TIME_MS + 4), laterMs, halves)).isNull();
    assertThat(halves.goneMs()).as("and not again").isEqualTo(TIME_MS + 4);
    assertThat(join.came(Payments.vector("since", TIME_MS + 5), laterMs, new HeapHalves()))
        .isNotNull();
    assertThat(join.takeHistory()).isOne();
    assertThat(join.takeHistory()).isZero();
  }

  @Test
  void shouldNotTakeALatePaymentsSignalsForTheFirst() {
    GraphSignal late = GraphSignal.newBuilder(Payments.signal("late", 1)).setLate(true).build();
    join.came(late, new HeapHalves());
    assertThat(join.sinceMs()).isNull();

    join.came(Payments.signal("first", TIME_MS), new HeapHalves());
    join.came(late, new HeapHalves());

    assertThat(join.sinceMs()).isEqualTo(TIME_MS);
  }

  @Test
  void shouldKeepTheFirstSignalsOfAPaymentThatTheGraphTookTwice() {
    join.came(Payments.signal("a", TIME_MS), halves);
    join.came(Payments.signal("a", TIME_MS, List.of(Float.NaN, Float.NaN, Float.NaN)), halves);

    FeatureVector joined =
        Objects.requireNonNull(join.came(Payments.vector("a", TIME_MS), 0, halves));

    assertThat(joined.getValues()).endsWith(0f);
  }

  @Test
  void shouldFlagAPaymentThatTheGraphDidNotTake() {
    List<Float> nothing = List.of(Float.NaN, Float.NaN, Float.NaN);
    join.came(Payments.vector("a", TIME_MS), 0, halves);

    FeatureVector joined =
        Objects.requireNonNull(join.came(Payments.signal("a", TIME_MS, nothing), halves));

    assertThat(joined.getValues()).endsWith(Float.NaN, Float.NaN, Float.NaN, 1f);
  }

  @Test
  void shouldBeNamedByBothDigests() {
    List<String> features = List.of("amount", "age");
    List<String> signals = List.of("fan_in", "fan_out", "cycles");
    JoinedSet set = JoinedSet.of(features, Payments.FEATURES, signals, Payments.SIGNALS);

    assertThat(set.names())
        .containsExactly(
            "amount", "age", "graph_fan_in", "graph_fan_out", "graph_cycles", "graph_unknown");
    join.came(Payments.vector("a", TIME_MS), 0, halves);
    FeatureVector joined = Objects.requireNonNull(join.came(Payments.signal("a", TIME_MS), halves));
    assertThat(joined.getFeatureDigest()).isEqualTo(set.digest());
    assertThat(joined.getValues()).hasSameSizeAs(set.names());
    assertThat(JoinedSet.of(features, "other", signals, Payments.SIGNALS).digest())
        .isNotEqualTo(set.digest());
    assertThat(JoinedSet.of(features, Payments.FEATURES, signals, "other").digest())
        .isNotEqualTo(set.digest());
  }

  @Test
  void shouldRefuseBoundsThatForgetBeforeTheyWait() {
    assertThatThrownBy(() -> new JoinBounds(2_000, 2_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("kept");
  }

  /** One payment. */
  private static final class HeapHalves implements Halves {
    private @Nullable FeatureVector vector;
    private @Nullable GraphSignal signal;
    private @Nullable Long goneMs;

    @Override
    public @Nullable FeatureVector vector() {
      return vector;
    }

    @Override
    public void keep(FeatureVector next) {
      vector = next;
    }

    @Override
    public @Nullable GraphSignal signal() {
      return signal;
    }

    @Override
    public void keep(GraphSignal next) {
      signal = next;
    }

    @Override
    public @Nullable Long goneMs() {
      return goneMs;
    }

    @Override
    public void go(long eventTimeMs) {
      clear();
      goneMs = eventTimeMs;
    }

    @Override
    public void clear() {
      vector = null;
      signal = null;
      goneMs = null;
    }
  }
}
