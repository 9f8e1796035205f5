package dev.tidegate.benchmarks.windows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.benchmarks.windows.SlidingExact.Spend;
import dev.tidegate.features.history.EntityWindows;
import dev.tidegate.features.history.Layout;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.flink.JobConfiguration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.java.tuple.Tuple6;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;

/** The designs compute the same thing, so that their speeds compare. */
@SuppressWarnings("try") // results close with any exception
final class DesignsTest {
  private static final int EVENTS = 3_000;
  private static final SpendStream STREAM = new SpendStream(new Load("test", 300, 10), 7);

  private final StreamExecutionEnvironment env =
      StreamExecutionEnvironment.createLocalEnvironment(1, JobConfiguration.bounded());

  @Test
  void shouldAnswerEachEventAsARescanDoesInTheRing() throws Exception {
    Map<Long, Tuple6<Long, Long, Long, Long, Double, Long>> rescanned = new HashMap<>();
    for (var result :
        all(
            DesignsJob.rescan(
                DesignsJob.source(env, STREAM, EVENTS), WindowSpec.DAY.lengthMs(), 0))) {
      rescanned.put(result.f1, result);
    }
    List<FeatureVector> vectors =
        all(
            DesignsJob.ours(
                env, DesignsJob.source(env, STREAM, EVENTS), WindowSpec.DAY.catalogue()));

    assertThat(rescanned).hasSize(EVENTS);
    assertThat(vectors).hasSize(EVENTS);
    for (FeatureVector vector : vectors) {
      assertThat(vector.getApproximate()).isFalse();
      var expected = rescanned.get(vector.getTransaction().getEventTimeMs());
      assertThat(vector.getValues())
          .containsExactly(
              (float) expected.f2,
              (float) (expected.f3 / 100.0),
              (float) (expected.f4 / 100.0),
              (float) (expected.f5 / 100.0));
    }
  }

  @Test
  void shouldRescanWhatEveryEventsWindowHolds() throws Exception {
    Map<Integer, SlidingExact> entities = new HashMap<>();
    Map<Long, double[]> exact = new HashMap<>();
    for (long n = 0; n < EVENTS; n++) {
      SlidingExact sliding = entities.computeIfAbsent(STREAM.entity(n), e -> new SlidingExact());
      sliding.add(new Spend(STREAM.timeMs(n), STREAM.amountMinor(n)));
      sliding.forget(STREAM.timeMs(n) - WindowSpec.WEEK.lengthMs());
      double[] answer = new double[4];
      sliding.answer(answer);
      exact.put(STREAM.timeMs(n), answer);
    }

    for (var result :
        all(
            DesignsJob.rescan(
                DesignsJob.source(env, STREAM, EVENTS), WindowSpec.WEEK.lengthMs(), 0))) {
      assertThat(new double[] {result.f2, result.f3, result.f4, result.f5})
          .containsExactly(exact.get(result.f1));
    }
  }

  @Test
  void shouldHopAsTheErrorsAreMeasured() throws Exception {
    Map<List<Long>, Tuple6<Long, Long, Long, Long, Double, Long>> windows = new HashMap<>();
    for (var result :
        all(DesignsJob.hop(DesignsJob.source(env, STREAM, EVENTS), WindowSpec.DAY.lengthMs()))) {
      windows.put(List.of(result.f0, result.f1), result);
    }
    long hopMs = WindowSpec.DAY.lengthMs() / DesignsJob.HOPS;
    var kernel = new EntityWindows(new Layout(List.of(), List.of(), List.of()));
    Map<Integer, Exactness.KeyWindows> entities = new HashMap<>();
    int compared = 0;
    double[] answer = new double[4];
    for (long n = 0; n < EVENTS; n++) {
      long timeMs = STREAM.timeMs(n);
      entities
          .computeIfAbsent(
              STREAM.entity(n), e -> new Exactness.KeyWindows(WindowSpec.DAY.lengthMs(), kernel))
          .hop(new Spend(timeMs, STREAM.amountMinor(n)), answer);
      var window =
          windows.get(List.of((long) STREAM.entity(n), Math.floorDiv(timeMs, hopMs) * hopMs));
      if (answer[0] == 0) {
        assertThat(window).isNull();
      } else {
        compared++;
        assertThat(answer).containsExactly(window.f2, window.f3, window.f4, window.f5);
      }
    }
    assertThat(compared).isGreaterThan(EVENTS / 2);
  }

  @Test
  void shouldBeExactInTheRingAndWithinAHopOfTheWindowBeyond() {
    Load small = new Load("small", 300, 5);
    for (Exactness.Miss error : Exactness.of(Design.OURS, small, WindowSpec.MONTH, 7)) {
      assertThat(error.relative().most()).as(error.aggregate()).isZero();
      assertThat(error.events()).isEqualTo(small.eventsIn(4 * 86_400_000L));
    }
    Load busy = new Load("busy", 3_000, 3);
    Exactness.Miss ours = Exactness.of(Design.OURS, busy, WindowSpec.MONTH, 7).get(0);
    Exactness.Miss hop = Exactness.of(Design.HOP, busy, WindowSpec.MONTH, 7).get(0);
    assertThat(ours.tiledShare()).isEqualTo(1);
    assertThat(ours.relative().most()).isBetween(1e-6, 0.03);
    assertThat(hop.relative().most()).isGreaterThan(1e-6);
  }

  private static <T> List<T> all(DataStream<T> stream) throws Exception {
    List<T> found = new ArrayList<>();
    try (CloseableIterator<T> results = stream.executeAndCollect()) {
      results.forEachRemaining(found::add);
    }
    return found;
  }
}
