package dev.tidegate.features;

import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.EventTypeInformation;
import dev.tidegate.schemas.flink.TransactionStream;
import dev.tidegate.schemas.money.MajorUnits;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Transactions to feature vectors: the account's windows, then the counterparty's, then the payment
 * itself. Job, tests, training and the one-process platform all call {@link #define}. The same
 * transactions give bit-equal vectors at any parallelism, streaming or bounded.
 */
public final class FeaturesPipeline {
  private static final TypeInformation<FeatureVector> VECTOR =
      EventTypeInformation.forEvent(FeatureVector.class);

  private FeaturesPipeline() {}

  /** Lays the stage out between a source and a sink; the caller executes the environment. */
  public static void define(
      StreamExecutionEnvironment env, TransactionStream source, Sink<FeatureVector> sink) {
    vectors(source.open(env)).sinkTo(sink).name("features-sink").uid("features-sink");
  }

  /** The stage without a sink; the transactions carry times and watermarks. */
  public static DataStream<FeatureVector> vectors(DataStream<Transaction> transactions) {
    DataStream<FeatureVector> vectors =
        named(
            transactions
                .map(payment -> new FeatureVector(payment, "", List.of(), false), VECTOR)
                .setParallelism(transactions.getParallelism()),
            "features-start");
    for (Entity entity : Entity.values()) {
      vectors =
          named(
              vectors
                  .keyBy(vector -> entity.keyOf(vector.getTransaction()), Types.STRING)
                  .transform("features-" + entity.noun(), VECTOR, new WindowsOperator(entity)),
              "features-" + entity.noun());
    }
    return named(vectors.map(new Complete(), VECTOR), "features-complete");
  }

  private static DataStream<FeatureVector> named(
      SingleOutputStreamOperator<FeatureVector> operator, String name) {
    return operator.name(name).uid(name);
  }

  /** Appends what needs no state, and the digest. */
  private static final class Complete extends RichMapFunction<FeatureVector, FeatureVector> {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("NullAway.Init") // set by open
    private transient MajorUnits units;

    @Override
    public void open(OpenContext context) {
      units = new MajorUnits();
    }

    @Override
    public FeatureVector map(FeatureVector vector) {
      List<Float> values = new ArrayList<>(FeatureSet.current().size());
      values.addAll(vector.getValues());
      FeatureSet.appendPayment(values, vector.getTransaction(), units);
      return new FeatureVector(
          vector.getTransaction(), FeatureSet.current().digest(), values, vector.getLate());
    }
  }
}
