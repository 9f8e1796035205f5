package dev.tidegate.schemas.flink;

import dev.tidegate.schemas.event.Transaction;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Event time of transaction streams. A watermark {@code w} promises that no transaction with a time
 * of {@code w} or earlier follows. It comes from two facts: transactions are at most a configured
 * disorder behind the newest one, and heartbeats say outright what is over.
 *
 * <p>Inside a job a heartbeat travels from the source to the watermark generator as a sentinel, a
 * transaction without an id from a reserved source. {@link #stream} drops it right behind the
 * source, in the same task.
 */
public final class TransactionTime {
  private static final String HEARTBEAT_SOURCE = "tidegate-heartbeat";

  private TransactionTime() {}

  /**
   * Watermarks from transactions and heartbeats.
   *
   * @param disorderMs how far, in milliseconds, a transaction may stand behind one with a later
   *     time on the same partition or file; not negative
   */
  public static WatermarkStrategy<Transaction> watermarks(long disorderMs) {
    if (disorderMs < 0) {
      throw new IllegalArgumentException("disorder of " + disorderMs + " ms is negative");
    }
    return WatermarkStrategy.<Transaction>forGenerator(context -> new Generator(disorderMs))
        .withTimestampAssigner((transaction, recordTime) -> transaction.getEventTimeMs());
  }

  /**
   * A source's transactions with times and watermarks, heartbeats used up.
   *
   * @param name name of the source operator and its uid
   */
  public static DataStream<Transaction> stream(
      StreamExecutionEnvironment env,
      Source<Transaction, ?, ?> source,
      WatermarkStrategy<Transaction> watermarks,
      String name) {
    return payments(read(env, source, watermarks, name), name);
  }

  /** The same with one reader, so that transactions keep the order of a file. */
  public static DataStream<Transaction> serialStream(
      StreamExecutionEnvironment env,
      Source<Transaction, ?, ?> source,
      WatermarkStrategy<Transaction> watermarks,
      String name) {
    return payments(read(env, source, watermarks, name).setParallelism(1), name).setParallelism(1);
  }

  private static SingleOutputStreamOperator<Transaction> read(
      StreamExecutionEnvironment env,
      Source<Transaction, ?, ?> source,
      WatermarkStrategy<Transaction> watermarks,
      String name) {
    return env.fromSource(
            source, watermarks, name, EventTypeInformation.forEvent(Transaction.class))
        .uid(name);
  }

  private static SingleOutputStreamOperator<Transaction> payments(
      DataStream<Transaction> transactions, String name) {
    return transactions
        .filter(transaction -> !isHeartbeat(transaction))
        .name(name + "-payments")
        .uid(name + "-payments");
  }

  /** The sentinel for a heartbeat. */
  static Transaction heartbeat(long eventTimeMs) {
    return Transaction.newBuilder()
        .setTransactionId("")
        .setEventTimeMs(eventTimeMs)
        .setIngestedAtMs(0)
        .setSource(HEARTBEAT_SOURCE)
        .setSourceOffset(0)
        .setPayerAccount("")
        .setAmountMinor(0)
        .setCurrency("")
        .build();
  }

  static boolean isHeartbeat(Transaction transaction) {
    return transaction.getTransactionId().isEmpty()
        && transaction.getSource().equals(HEARTBEAT_SOURCE);
  }

  /** Heartbeats move the watermark at once, transactions at the next periodic emission. */
  private static final class Generator implements WatermarkGenerator<Transaction> {
    private final long disorderMs;
    private long newestMs;
    private long overMs = Long.MIN_VALUE;

    Generator(long disorderMs) {
      this.disorderMs = disorderMs;
      this.newestMs = Long.MIN_VALUE + disorderMs + 1;
    }

    @Override
    public void onEvent(Transaction transaction, long timeMs, WatermarkOutput output) {
      if (!isHeartbeat(transaction)) {
        newestMs = Math.max(newestMs, timeMs);
      } else if (timeMs - 1 > overMs) {
        overMs = timeMs - 1;
        onPeriodicEmit(output);
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.emitWatermark(new Watermark(Math.max(overMs, newestMs - disorderMs - 1)));
    }
  }
}
