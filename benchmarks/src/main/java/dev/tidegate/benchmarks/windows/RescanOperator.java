package dev.tidegate.benchmarks.windows;

import java.io.Serial;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.api.java.tuple.Tuple6;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The pattern of the public fraud demo for Flink: an entity's events in a map of the state, all
 * looked at again for each event. Two things are cheaper here than there: events that left the
 * window go during the scan instead of by timers, and events come in order. The first events only
 * fill the state, unscanned.
 */
final class RescanOperator
    extends KeyedProcessFunction<
        Long, Tuple4<Long, Long, Long, Long>, Tuple6<Long, Long, Long, Long, Double, Long>> {
  @Serial private static final long serialVersionUID = 1L;

  // configuration
  private final long windowMs;
  private final long scansFrom;

  // runtime
  private transient MapState<Long, Tuple2<Long, Long>> events;

  /**
   * The operator.
   *
   * @param scansFrom number of the first event that is answered
   */
  @SuppressWarnings("NullAway.Init") // transients are set by open
  RescanOperator(long windowMs, long scansFrom) {
    this.windowMs = windowMs;
    this.scansFrom = scansFrom;
  }

  @Override
  public void open(OpenContext context) {
    events =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "events", Types.LONG, Types.TUPLE(Types.LONG, Types.LONG)));
  }

  @Override
  public void processElement(
      Tuple4<Long, Long, Long, Long> event,
      Context context,
      Collector<Tuple6<Long, Long, Long, Long, Double, Long>> out)
      throws Exception {
    events.put(event.f3, Tuple2.of(event.f1, event.f2));
    if (event.f3 >= scansFrom) {
      out.collect(scan(event.f0, event.f1));
    }
    Meter.HANDLED.incrementAndGet();
  }

  private Tuple6<Long, Long, Long, Long, Double, Long> scan(long entity, long timeMs)
      throws Exception {
    long count = 0;
    long sum = 0;
    long largest = Long.MIN_VALUE;
    Iterator<Map.Entry<Long, Tuple2<Long, Long>>> all = events.iterator();
    while (all.hasNext()) {
      Tuple2<Long, Long> known = all.next().getValue();
      if (known.f0 <= timeMs - windowMs) {
        all.remove();
      } else {
        count++;
        sum += known.f1;
        largest = Math.max(largest, known.f1);
      }
    }
    return Tuple6.of(entity, timeMs, count, sum, (double) sum / count, largest);
  }
}
