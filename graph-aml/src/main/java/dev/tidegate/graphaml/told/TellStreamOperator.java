package dev.tidegate.graphaml.told;

import dev.tidegate.graphaml.shard.Found;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.Transaction;
import java.io.Serial;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * Runs {@link TellOperator} and tells it where payments stand: its own timers know only the slower
 * of its inputs.
 */
final class TellStreamOperator
    extends KeyedCoProcessOperator<Long, Transaction, Found, GraphSignal> {
  @Serial private static final long serialVersionUID = 1L;

  TellStreamOperator(TellOperator told) {
    super(told);
  }

  @Override
  public void processWatermark1(Watermark mark) throws Exception {
    ((TellOperator) getUserFunction()).paymentsReached(mark.getTimestamp());
    super.processWatermark1(mark);
  }
}
