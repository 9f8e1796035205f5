package dev.tidegate.graphaml.lane;

import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.GraphSignal;
import java.io.Serial;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;

/** The join, which is told of the graph's watermark where no key is at hand too. */
final class JoinOperator
    extends KeyedCoProcessOperator<String, FeatureVector, GraphSignal, FeatureVector> {
  @Serial private static final long serialVersionUID = 1L;

  JoinOperator(VectorJoinOperator join) {
    super(join);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    ((VectorJoinOperator) getUserFunction()).reached(mark.getTimestamp());
    super.processWatermark(mark);
  }
}
