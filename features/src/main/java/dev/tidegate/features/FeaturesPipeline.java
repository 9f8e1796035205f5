package dev.tidegate.features;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.EventSerializer;
import dev.tidegate.schemas.flink.EventTypeInformation;
import dev.tidegate.schemas.flink.LabelStream;
import dev.tidegate.schemas.flink.TransactionStream;
import java.io.Serial;
import java.util.List;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/**
 * Transactions to feature vectors, as a catalogue declares them: compact, join the labels if some
 * feature looks at them, ask each entity, join the answers, complete. Job, tests, training,
 * backfill and the one-process platform all call {@link #define}. The same transactions and labels
 * give bit-equal vectors at any parallelism, streaming or bounded.
 */
public final class FeaturesPipeline {
  private static final PaymentType PAYMENT = new PaymentType();

  private FeaturesPipeline() {}

  /** Where a job's events come from. */
  public record Inputs(TransactionStream transactions, LabelStream labels) {}

  /** Lays the stage out between sources and a sink; the caller executes the environment. */
  public static void define(
      StreamExecutionEnvironment env,
      Catalogue catalogue,
      Inputs inputs,
      Sink<FeatureVector> sink) {
    vectors(env, catalogue, inputs).sinkTo(sink).name("features-sink").uid("features-sink");
  }

  /** The stage without a sink. */
  public static DataStream<FeatureVector> vectors(
      StreamExecutionEnvironment env, Catalogue catalogue, Inputs inputs) {
    DataStream<Transaction> transactions = inputs.transactions().open(env);
    DataStream<Payment> payments =
        named(
            transactions
                .map(new Compacting(catalogue), PAYMENT)
                .setParallelism(transactions.getParallelism()),
            "features-compact");
    long horizonMs = LabelWait.horizon(catalogue).toMillis();
    if (horizonMs > 0) {
      payments =
          labelled(
              payments,
              inputs.labels().open(env),
              new LabelOperator(EntityPart.of(catalogue), horizonMs));
    }
    return named(
        answered(payments, catalogue)
            .flatMap(new Completing(catalogue), EventTypeInformation.forEvent(FeatureVector.class)),
        "features-complete");
  }

  /** Asks the entities of each payment at once, and puts their answers beside it. */
  private static DataStream<Payment> answered(DataStream<Payment> payments, Catalogue catalogue) {
    List<EntityPart> parts = EntityPart.of(catalogue);
    DataStream<Payment> answers =
        named(
            named(payments.flatMap(new Asking(parts), PAYMENT), "features-ask")
                .keyBy(EntityOperator::keyOf, Types.TUPLE(Types.LONG, Types.LONG))
                .transform("features-entities", PAYMENT, new EntityOperator(parts)),
            "features-entities");
    return named(
        named(payments.filter(payment -> !payment.isLabel), "features-payments")
            .keyBy(JoinOperator::keyOf, Types.LONG)
            .connect(answers.keyBy(JoinOperator::keyOf, Types.LONG))
            .transform(
                "features-join",
                PAYMENT,
                new JoinOperator(parts, catalogue.size(), catalogue.sequences().size())),
        "features-join");
  }

  private static DataStream<Payment> labelled(
      DataStream<Payment> payments, DataStream<Label> labels, LabelOperator labelling) {
    DataStream<Payment> marks =
        named(
            labels.map(PaymentReader::read, PAYMENT).setParallelism(labels.getParallelism()),
            "features-labels");
    return named(
        payments
            .union(marks)
            .keyBy(
                payment -> Tuple2.of(payment.idHigh, payment.idLow),
                Types.TUPLE(Types.LONG, Types.LONG))
            .transform("features-label", PAYMENT, labelling),
        "features-label");
  }

  private static <T> DataStream<T> named(SingleOutputStreamOperator<T> operator, String name) {
    return operator.name(name).uid(name);
  }

  /** Takes from a transaction what the features ask; the rest goes along unopened. */
  static final class Compacting extends RichMapFunction<Transaction, Payment> {
    @Serial private static final long serialVersionUID = 1L;

    // configuration
    private final Catalogue catalogue;

    // runtime
    private transient PaymentReader reader;
    private transient EventSerializer<Transaction> serializer;
    private transient DataOutputSerializer bytes;

    @SuppressWarnings("NullAway.Init") // transients are set by open
    Compacting(Catalogue catalogue) {
      this.catalogue = catalogue;
    }

    @Override
    public void open(OpenContext context) {
      reader = new PaymentReader(catalogue);
      serializer = new EventSerializer<>(Transaction.class);
      bytes = new DataOutputSerializer(512);
      MetricGroup metrics = getRuntimeContext().getMetricGroup();
      metrics.gauge(FeaturesMetric.FILTER_FAILURES.metric(), reader::filterFailures);
      metrics.gauge(FeaturesMetric.AMOUNTS_BEYOND.metric(), reader::amountsBeyond);
    }

    @Override
    public Payment map(Transaction transaction) throws Exception {
      Payment payment = reader.read(transaction);
      bytes.clear();
      serializer.serialize(transaction, bytes);
      payment.transaction = bytes.getCopyOfBuffer();
      return payment;
    }
  }

  /** A question to each entity that a payment names; a label goes to those that look at labels. */
  private static final class Asking implements FlatMapFunction<Payment, Payment> {
    @Serial private static final long serialVersionUID = 1L;

    // configuration
    private final long[] salts;
    private final boolean[] payments;
    private final boolean[] labels;

    Asking(List<EntityPart> parts) {
      salts = parts.stream().mapToLong(part -> PaymentReader.salt(part.noun())).toArray();
      payments = new boolean[salts.length];
      labels = new boolean[salts.length];
      for (int i = 0; i < salts.length; i++) {
        payments[i] = parts.get(i).answers();
        labels[i] = parts.get(i).usesLabels();
      }
    }

    @Override
    public void flatMap(Payment payment, Collector<Payment> out) {
      boolean[] asked = payment.isLabel ? labels : payments;
      for (int i = 0; i < salts.length; i++) {
        if (asked[i] && payment.names(i)) {
          out.collect(payment.ask(i, salts[i]));
        }
      }
    }
  }

  /** Payments as vectors; labels have done their work. */
  private static final class Completing extends RichFlatMapFunction<Payment, FeatureVector> {
    @Serial private static final long serialVersionUID = 1L;

    // configuration
    private final Catalogue catalogue;

    // runtime
    private transient VectorWriter writer;
    private transient EventSerializer<Transaction> serializer;
    private transient DataInputDeserializer bytes;

    @SuppressWarnings("NullAway.Init") // transients are set by open
    Completing(Catalogue catalogue) {
      this.catalogue = catalogue;
    }

    @Override
    public void open(OpenContext context) {
      writer = new VectorWriter(catalogue);
      serializer = new EventSerializer<>(Transaction.class);
      bytes = new DataInputDeserializer();
    }

    @Override
    public void flatMap(Payment payment, Collector<FeatureVector> out) throws Exception {
      if (!payment.isLabel) {
        bytes.setBuffer(payment.transaction);
        out.collect(writer.write(payment, serializer.deserialize(bytes)));
      }
    }
  }
}
