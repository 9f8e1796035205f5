package dev.tidegate.benchmarks.windows;

import dev.tidegate.features.FeaturesPipeline;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.EventTypeInformation;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.api.java.tuple.Tuple6;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.windowing.WindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/**
 * The same stream through each {@link Design}. Results of the baselines are (entity, time, count,
 * sum, mean, maximum), amounts in minor units; for {@link Design#HOP} the time is a window's end.
 */
final class DesignsJob {
  /** Hops in a window, as the platform's tiles are at most that share of one. */
  static final int HOPS = 60;

  private static final TypeInformation<Tuple6<Long, Long, Long, Long, Double, Long>> RESULT =
      Types.TUPLE(Types.LONG, Types.LONG, Types.LONG, Types.LONG, Types.DOUBLE, Types.LONG);

  private DesignsJob() {}

  /**
   * Payments n = 0, 1, ... as a Flink source with times and watermarks.
   *
   * @param end number of payments
   */
  static DataStream<Transaction> source(
      StreamExecutionEnvironment env, SpendStream stream, long end) {
    return env.fromSequence(0, end - 1)
        .map(stream::payment, EventTypeInformation.forEvent(Transaction.class))
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<Transaction>forMonotonousTimestamps()
                .withTimestampAssigner((payment, before) -> payment.getEventTimeMs()));
  }

  /** The platform's features stage under a catalogue that asks for nothing else. */
  static DataStream<FeatureVector> ours(
      StreamExecutionEnvironment env, DataStream<Transaction> payments, Catalogue catalogue) {
    return FeaturesPipeline.vectors(
        env,
        catalogue,
        new FeaturesPipeline.Inputs(
            e -> payments,
            e -> {
              throw new IllegalStateException("no feature looks at labels");
            }));
  }

  private static KeyedStream<Tuple4<Long, Long, Long, Long>, Long> keyed(
      DataStream<Transaction> payments) {
    return payments
        .map(
            payment ->
                Tuple4.of(
                    Long.parseLong(
                        payment.getPayerAccount(), 1, payment.getPayerAccount().length(), 10),
                    payment.getEventTimeMs(),
                    payment.getAmountMinor(),
                    payment.getSourceOffset()),
            Types.TUPLE(Types.LONG, Types.LONG, Types.LONG, Types.LONG))
        .keyBy(spend -> spend.f0, Types.LONG);
  }

  /** Flink's sliding windows: one result an entity and window that holds something. */
  static DataStream<Tuple6<Long, Long, Long, Long, Double, Long>> hop(
      DataStream<Transaction> payments, long windowMs) {
    return keyed(payments)
        .window(
            SlidingEventTimeWindows.of(
                Duration.ofMillis(windowMs), Duration.ofMillis(windowMs / HOPS)))
        .aggregate(
            new Adding(), new Naming(), Types.TUPLE(Types.LONG, Types.LONG, Types.LONG), RESULT);
  }

  /** A map of events looked at again for each; see {@link RescanOperator}. */
  static DataStream<Tuple6<Long, Long, Long, Long, Double, Long>> rescan(
      DataStream<Transaction> payments, long windowMs, long scansFrom) {
    return keyed(payments).process(new RescanOperator(windowMs, scansFrom), RESULT);
  }

  /** Count, sum and maximum of a window as its events come. */
  private static final class Adding
      implements AggregateFunction<
          Tuple4<Long, Long, Long, Long>, Tuple3<Long, Long, Long>, Tuple3<Long, Long, Long>> {
    private static final long serialVersionUID = 1L;

    @Override
    public Tuple3<Long, Long, Long> createAccumulator() {
      return Tuple3.of(0L, 0L, Long.MIN_VALUE);
    }

    @Override
    public Tuple3<Long, Long, Long> add(
        Tuple4<Long, Long, Long, Long> event, Tuple3<Long, Long, Long> sums) {
      Meter.HANDLED.incrementAndGet();
      sums.f0++;
      sums.f1 += event.f2;
      sums.f2 = Math.max(sums.f2, event.f2);
      return sums;
    }

    @Override
    public Tuple3<Long, Long, Long> getResult(Tuple3<Long, Long, Long> sums) {
      return sums;
    }

    @Override
    public Tuple3<Long, Long, Long> merge(
        Tuple3<Long, Long, Long> left, Tuple3<Long, Long, Long> right) {
      return Tuple3.of(left.f0 + right.f0, left.f1 + right.f1, Math.max(left.f2, right.f2));
    }
  }

  /** Puts entity and end to a window's sums. */
  private static final class Naming
      implements WindowFunction<
          Tuple3<Long, Long, Long>,
          Tuple6<Long, Long, Long, Long, Double, Long>,
          Long,
          TimeWindow> {
    private static final long serialVersionUID = 1L;

    @Override
    public void apply(
        Long entity,
        TimeWindow window,
        Iterable<Tuple3<Long, Long, Long>> all,
        Collector<Tuple6<Long, Long, Long, Long, Double, Long>> out) {
      for (Tuple3<Long, Long, Long> sums : all) {
        out.collect(
            Tuple6.of(
                entity, window.getEnd(), sums.f0, sums.f1, (double) sums.f1 / sums.f0, sums.f2));
      }
    }
  }
}
