package dev.tidegate.graphaml.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.graphaml.GraphMetric;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.flink.EventSerializer;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The stages of the replicas together show every metric of the one graph. */
@SuppressWarnings("try") // harnesses close with any exception
class ReplicaMetricTest {
  @Test
  void shouldShowEveryDeclaredMetric() throws Exception {
    Set<String> shown = new TreeSet<>();
    show(shown, new OrderOperator(2), posting -> OrderOperator.KEY, PostingCodec.INSTANCE);
    show(
        shown,
        new ReplicaOperator(ReplicaHarness.CONFIG, false),
        new ReplicaOperator.ReplicaKeys(2),
        new EventSerializer<>(GraphSignal.class));
    show(
        shown,
        new EpisodesOperator(ReplicaHarness.CONFIG),
        spotted -> EpisodesOperator.KEY,
        new EventSerializer<>(PatternAlert.class));

    assertThat(shown.stream().filter(name -> name.startsWith("graphaml.")).toList())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(GraphMetric.values())
                .filter(metric -> !GraphMetric.OF_SHARDS.contains(metric))
                .map(GraphMetric::metric)
                .toList());
  }

  private static <I, O> void show(
      Set<String> shown,
      OneInputStreamOperator<I, O> operator,
      KeySelector<I, Integer> keys,
      TypeSerializer<O> serializer)
      throws Exception {
    try (MockEnvironment environment = environment(shown);
        var harness =
            new KeyedOneInputStreamOperatorTestHarness<>(operator, keys, Types.INT, environment)) {
      harness.setup(serializer);
      harness.open();
    }
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
        .setMaxParallelism(ReplicaOperator.ReplicaKeys.GROUPS)
        .setMetricGroup(
            manager.addJob(new JobID(), "job").addTask(ExecutionAttemptID.randomId(), "task"))
        .build();
  }
}
