package dev.tidegate.graphaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.flink.EventSerializer;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/**
 * Every declared metric of the one graph is there once an operator runs, and under the stage's
 * name.
 */
@SuppressWarnings("try") // the harness closes with any exception
class GraphMetricTest {
  @Test
  void shouldShowEveryDeclaredMetric() throws Exception {
    Set<String> shown = new TreeSet<>();
    try (MockEnvironment environment = environment(shown);
        var harness =
            new KeyedOneInputStreamOperatorTestHarness<>(
                new TemporalOperator(GraphHarness.CONFIG),
                payment -> TemporalOperator.KEY,
                Types.STRING,
                environment)) {
      harness.setup(new EventSerializer<>(GraphSignal.class));
      harness.open();
    }

    assertThat(shown.stream().filter(name -> name.startsWith("graphaml.")).toList())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(GraphMetric.values())
                .filter(metric -> !GraphMetric.OF_SHARDS.contains(metric))
                .map(GraphMetric::metric)
                .toList());
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
