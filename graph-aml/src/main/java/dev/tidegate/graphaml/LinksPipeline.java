package dev.tidegate.graphaml;

import dev.tidegate.graphaml.links.LinkSettings;
import dev.tidegate.schemas.event.ClusterChange;
import dev.tidegate.schemas.event.IdentifierKind;
import dev.tidegate.schemas.event.Sighting;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.EventStream;
import dev.tidegate.schemas.flink.EventTypeInformation;
import dev.tidegate.schemas.flink.TransactionStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Payments and sightings to changes of clusters. A payment shows its payer's device, IP address and
 * beneficiary; what a bank knows besides comes by [sightings]. Sightings of payments alone give the
 * same changes at any parallelism; one of [sightings] counts from when it comes, so a replay may
 * give a cluster another id.
 */
public final class LinksPipeline {
  private static final TypeInformation<Sighting> SIGHTINGS =
      EventTypeInformation.forEvent(Sighting.class);

  private LinksPipeline() {}

  /** Lays the stage out between sources and a sink; the caller executes the environment. */
  public static void define(
      StreamExecutionEnvironment env,
      LinkSettings settings,
      TransactionStream payments,
      EventStream<Sighting> sightings,
      Sink<ClusterChange> sink) {
    changes(settings, payments.open(env), sightings.open(env))
        .sinkTo(sink)
        .setParallelism(1)
        .name("links-sink")
        .uid("links-sink");
  }

  /** The stage without sources and sink. */
  public static DataStream<ClusterChange> changes(
      LinkSettings settings, DataStream<Transaction> payments, DataStream<Sighting> sightings) {
    return payments
        .flatMap(LinksPipeline::seen, SIGHTINGS)
        .setParallelism(payments.getParallelism())
        .name("links-payments")
        .uid("links-payments")
        .union(sightings)
        .keyBy(sighting -> LinksOperator.KEY, Types.INT)
        .transform(
            "links",
            EventTypeInformation.forEvent(ClusterChange.class),
            new LinksOperator(settings))
        .setParallelism(1)
        .name("links")
        .uid("links");
  }

  private static void seen(Transaction payment, Collector<Sighting> out) {
    sighting(payment, IdentifierKind.DEVICE, payment.getDeviceId(), out);
    sighting(payment, IdentifierKind.IP, payment.getIpAddress(), out);
    sighting(payment, IdentifierKind.BENEFICIARY, payment.getPayeeAccount(), out);
  }

  private static void sighting(
      Transaction payment, IdentifierKind kind, @Nullable String value, Collector<Sighting> out) {
    if (value != null) {
      out.collect(
          Sighting.newBuilder()
              .setMember(payment.getPayerAccount())
              .setKind(kind)
              .setValue(value)
              .setSeenAtMs(payment.getEventTimeMs())
              .setSource(payment.getSource())
              .build());
    }
  }
}
