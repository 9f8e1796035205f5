package dev.tidegate.app.stage;

import dev.tidegate.features.FeaturesPipeline;
import dev.tidegate.features.FeaturesSink;
import dev.tidegate.features.FeaturesSource;
import dev.tidegate.graphaml.GraphPipeline;
import dev.tidegate.graphaml.GraphSink;
import dev.tidegate.graphaml.GraphSource;
import dev.tidegate.lab.platform.EmbeddedFlink;
import dev.tidegate.lab.platform.RunningJob;
import dev.tidegate.schemas.flink.StreamSettings;

/** Submits the Flink jobs by the same definitions that they run by on a cluster. */
public final class Jobs {
  private Jobs() {}

  /** The features job; goes on from its newest checkpoint. */
  public static RunningJob features(EmbeddedFlink flink, StreamSettings settings) {
    return flink.submit(
        "features",
        env -> {
          env.setParallelism(settings.parallelism());
          FeaturesPipeline.define(
              env, FeaturesSource.kafka(settings), FeaturesSink.kafka(settings));
        });
  }

  /** The graph job; goes on from its newest checkpoint. */
  public static RunningJob graph(EmbeddedFlink flink, StreamSettings settings) {
    return flink.submit(
        "graph-aml",
        env -> {
          env.setParallelism(settings.parallelism());
          GraphPipeline.define(env, GraphSource.kafka(settings), GraphSink.kafka(settings));
        });
  }
}
