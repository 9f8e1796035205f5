package dev.tidegate.lab.platform;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/**
 * Counts numbers in keyed state and checks that the count and the number agree: state and source
 * position must come from the same checkpoint. Writes to a file with which number each run began.
 */
final class CountingPipeline {
  private CountingPipeline() {}

  static void define(StreamExecutionEnvironment environment, Path starts, long numbers) {
    environment
        .fromSource(
            new DataGeneratorSource<>(
                number -> number, numbers, RateLimiterStrategy.perSecond(2_000), Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "numbers")
        .uid("numbers")
        .setParallelism(1)
        .keyBy(number -> 0, Types.INT)
        .process(new Counter(starts.toString()))
        .uid("counter")
        .setParallelism(1)
        .sinkTo(new DiscardingSink<>())
        .uid("nowhere");
  }

  /** Numbers with which runs began, in order. */
  static List<Long> starts(Path file) throws IOException {
    return Files.exists(file)
        ? Files.readAllLines(file).stream().map(Long::parseLong).toList()
        : List.of();
  }

  private static final class Counter extends KeyedProcessFunction<Integer, Long, Long> {
    @Serial private static final long serialVersionUID = 1L;

    // configuration
    private final String starts;

    // runtime
    private transient ValueState<Long> count;
    private transient boolean begun;

    Counter(String starts) {
      this.starts = starts;
    }

    @Override
    public void open(OpenContext context) {
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
    }

    @Override
    public void processElement(Long number, Context context, Collector<Long> out)
        throws IOException {
      long seen = count.value() == null ? 0 : count.value();
      if (seen != number) {
        throw new IllegalStateException("state says " + seen + ", source says " + number);
      }
      if (!begun) {
        begun = true;
        Files.writeString(
            Path.of(starts), number + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
      count.update(seen + 1);
    }
  }
}
