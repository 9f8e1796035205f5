package dev.tidegate.app.planted;

import ai.onnxruntime.OrtEnvironment;
import dev.tidegate.benchmarks.planted.Measuring;
import dev.tidegate.features.FeaturesMetric;
import dev.tidegate.ingest.planted.SiblingReader;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.kafka.streams.StreamsBuilder;

/** Each nested class breaks one rule. */
public final class Breaches {
  /** All that the rules are shown. */
  public static final List<Class<?>> CLASSES =
      List.of(
          SiblingReader.class,
          FeaturesMetric.class,
          Measuring.class,
          NeedsMeasuring.class,
          KernelOnFlink.class,
          StatisticOnStreams.class,
          EngineOutside.class,
          ClientOutside.class,
          PaymentData.class);

  private Breaches() {}

  static final class NeedsMeasuring {
    final long rounds = Measuring.rounds();
  }

  static final class KernelOnFlink {
    final JobID job = new JobID();
  }

  static final class StatisticOnStreams {
    final StreamsBuilder builder = new StreamsBuilder();
  }

  static final class EngineOutside {
    final Class<?> engine = OrtEnvironment.class;
  }

  interface ClientOutside {
    SchemaRegistryClient client();
  }

  static final class PaymentData {}
}
