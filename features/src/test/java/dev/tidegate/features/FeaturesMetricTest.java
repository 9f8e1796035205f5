package dev.tidegate.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.operators.StreamMap;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** Every declared metric is there once an operator runs, and under the stage's name. */
@SuppressWarnings("try") // the harness closes with any exception
class FeaturesMetricTest {
  @Test
  void shouldShowEveryDeclaredMetric() throws Exception {
    Set<String> shown = new TreeSet<>();
    var parts = EntityPart.of(Payments.CATALOGUE);
    var entities = new EntityOperator(parts);
    try (MockEnvironment environment = environment(shown);
        var harness =
            new KeyedOneInputStreamOperatorTestHarness<>(
                entities,
                EntityOperator::keyOf,
                Types.TUPLE(Types.LONG, Types.LONG),
                environment)) {
      harness.setup(PaymentCodec.INSTANCE);
      harness.open();
    }
    var join = new JoinOperator(parts, 0, 0);
    try (MockEnvironment environment = environment(shown);
        var harness = new AbstractStreamOperatorTestHarness<>(join, environment)) {
      harness.getStreamConfig().setStateKeySerializer(LongSerializer.INSTANCE);
      harness.getStreamConfig().serializeAllConfigs();
      harness.setup(PaymentCodec.INSTANCE);
      harness.open();
    }
    var compacting = new StreamMap<>(new FeaturesPipeline.Compacting(Payments.CATALOGUE));
    try (MockEnvironment environment = environment(shown);
        var harness = new OneInputStreamOperatorTestHarness<>(compacting, environment)) {
      harness.setup(PaymentCodec.INSTANCE);
      harness.open();
    }

    assertThat(shown.stream().filter(name -> name.startsWith("features.")).toList())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(FeaturesMetric.values()).map(FeaturesMetric::metric).toList());
  }

  private static MockEnvironment environment(Set<String> shown) {
    TestingMetricRegistry registry =
        TestingMetricRegistry.builder()
            .setRegisterConsumer((metric, name, group) -> shown.add(name))
            .build();
    TaskManagerMetricGroup manager =
        TaskManagerMetricGroup.createTaskManagerMetricGroup(
            registry, "localhost", ResourceID.generate());
    return new MockEnvironmentBuilder()
        .setMaxParallelism(16)
        .setMetricGroup(
            manager.addJob(new JobID(), "job").addTask(ExecutionAttemptID.randomId(), "task"))
        .build();
  }
}
