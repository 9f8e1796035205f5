package dev.tidegate.graphaml.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.graphaml.GraphJob;
import dev.tidegate.graphaml.lane.JoinBounds;
import dev.tidegate.schemas.flink.StreamSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphLayoutTest {
  private static final Path SHIPPED = Path.of("../config/graph.yaml");

  @TempDir Path folder;

  private String shipped = "";

  @BeforeEach
  void copy() throws Exception {
    Files.copy(SHIPPED.resolveSibling("rates.yaml"), folder.resolve("rates.yaml"));
    shipped = Files.readString(SHIPPED);
  }

  private GraphConfig read(String text) throws Exception {
    return GraphConfig.read(Files.writeString(folder.resolve("graph.yaml"), text));
  }

  private GraphConfig laidOut(String line) throws Exception {
    return read(shipped.replace("\nlayout: one graph\n", "\n" + line + "\n"));
  }

  @Test
  void shouldBeOneGraphUnlessTheFileSaysOtherwise() throws Exception {
    GraphConfig one = GraphConfig.read(SHIPPED);
    assertThat(one.layout()).isEqualTo(GraphLayout.ONE_GRAPH);
    assertThat(laidOut("")).isEqualTo(one);
    assertThat(laidOut("layout: 1 replica")).isEqualTo(one);
    GraphConfig four = laidOut("layout: 4 replicas");
    assertThat(four.layout()).isEqualTo(GraphLayout.replicas(4));
    assertThat(four.digest()).as("of alerts").isEqualTo(one.digest());
  }

  @Test
  void shouldStillKnowReplicasByTheirOldKey() throws Exception {
    assertThat(laidOut("replicas: 4").layout()).isEqualTo(GraphLayout.replicas(4));
    assertThat(laidOut("replicas: 1").layout()).isEqualTo(GraphLayout.ONE_GRAPH);
    assertThatThrownBy(() -> laidOut("replicas: 4\nlayout: 4 replicas"))
        .hasMessageContaining("replicas is now called layout");
  }

  @Test
  void shouldTakeShardsOnceWhatTheyDoNotFindIsSwitchedOff() throws Exception {
    assertThatThrownBy(() -> laidOut("layout: 8 shards"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pass-through");
    shipped = shipped.replace("    pass-through: 6\n", "    pass-through: 0\n");
    assertThat(laidOut("layout: 8 shards").layout()).isEqualTo(GraphLayout.shards(8));
    shipped = shipped.replace("cycle-hops: 6", "cycle-hops: 7");
    assertThat(laidOut("layout: 2 replicas").graph().limits().cycleHops()).isEqualTo(7);
    assertThatThrownBy(() -> laidOut("layout: 8 shards"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("set cycle-hops to 6");
  }

  @Test
  void shouldCountLongerCyclesWhereTheyAreLookedForAndAskedFor() throws Exception {
    assertThat(GraphConfig.read(SHIPPED).graph().limits().countsLonger()).isFalse();
    assertThat(read(shipped.replace("  count-longer-cycles: false\n", "")))
        .isEqualTo(GraphConfig.read(SHIPPED));
    String counted = shipped.replace("count-longer-cycles: false", "count-longer-cycles: true");
    assertThatThrownBy(() -> read(counted))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("count-longer-cycles needs cycle-hops of 7 to 12");
    GraphConfig longer = read(counted.replace("cycle-hops: 6", "cycle-hops: 12"));
    assertThat(longer.graph().limits().countsLonger()).isTrue();
    assertThat(longer.digest()).isNotEqualTo(GraphConfig.read(SHIPPED).digest());
    assertThatThrownBy(() -> longer.with(GraphLayout.shards(8)))
        .hasMessageContaining("set cycle-hops to 6");
  }

  @Test
  void shouldFollowMoneyWhereAskedForAndNotOverShards() throws Exception {
    assertThat(GraphConfig.read(SHIPPED).graph().limits().followsMoney()).isFalse();
    assertThat(read(shipped.replace("  follow-money: false\n", "")))
        .isEqualTo(GraphConfig.read(SHIPPED));
    GraphConfig following = read(shipped.replace("follow-money: false", "follow-money: true"));
    assertThat(following.graph().limits().followsMoney()).isTrue();
    assertThat(following.digest()).isNotEqualTo(GraphConfig.read(SHIPPED).digest());
    assertThat(following.withReplicas(2).graph()).isEqualTo(following.graph());
    assertThatThrownBy(() -> following.with(GraphLayout.shards(8)))
        .hasMessageContaining("set follow-money to false");
  }

  @Test
  void shouldBoundAnswersByTwoSecondsUnlessTheFileSaysOtherwise() throws Exception {
    GraphConfig two = GraphConfig.read(SHIPPED);
    assertThat(two.boundMs()).isEqualTo(2_000);
    assertThat(bounded("")).isEqualTo(two);
    assertThat(bounded("bound: 0s").boundMs()).isZero();
    assertThat(bounded("bound: 500ms").boundMs()).isEqualTo(500);
    GraphConfig hour = bounded("bound: 1h");
    assertThat(hour.boundMs()).isEqualTo(3_600_000);
    assertThat(hour.with(GraphLayout.replicas(2)).withLists(hour.lists()).boundMs())
        .isEqualTo(3_600_000);
    assertThat(hour.digest()).as("of alerts").isEqualTo(two.digest());
  }

  @Test
  void shouldRefuseABoundThatCannotBeMeant() {
    for (String wrong : new String[] {"2", "-2s", "two seconds", "[1s, 2s]"}) {
      assertThatThrownBy(() -> bounded("bound: " + wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("graph.yaml: bound must be a span such as");
    }
    assertThatThrownBy(() -> bounded("bound: 61m"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bound: 0s to 1h");
    assertThatThrownBy(() -> bounded("bund: 2s"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no key bund");
  }

  @Test
  void shouldRefuseShardsThatWaitLongerThanVectorsDo() throws Exception {
    shipped = shipped.replace("    pass-through: 6\n", "    pass-through: 0\n");
    JoinBounds twoSeconds = JoinConfig.read(SHIPPED).bounds();
    GraphConfig longer = bounded("bound: 3s");
    GraphConfig sharded = longer.with(GraphLayout.shards(8));
    assertThatThrownBy(() -> sharded.check(twoSeconds))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("bound is 3000 ms", "vectors.wait 2000 ms");
    assertThatThrownBy(
            () ->
                GraphJob.define(
                    StreamExecutionEnvironment.createLocalEnvironment(1),
                    StreamSettings.of("graph-aml", "localhost:9092", "http://localhost:8081", 1),
                    sharded,
                    twoSeconds))
        .as("at the start of the job")
        .hasMessageContaining("vectors.wait");
    assertThatCode(
            () -> {
              sharded.check(new JoinBounds(3_000, twoSeconds.keptMs()));
              sharded.withBound(2_000).check(twoSeconds);
              longer.check(twoSeconds);
              longer.withReplicas(2).check(twoSeconds);
            })
        .as("as long, or of a layout that awaits nothing")
        .doesNotThrowAnyException();
  }

  private GraphConfig bounded(String line) throws Exception {
    return read(shipped.replace("\nbound: 2s\n", "\n" + line + "\n"));
  }

  @Test
  void shouldRefuseWhatCannotBeMeant() {
    for (String wrong : new String[] {"two graphs", "replicas", "one graph 2", "-1 shards"}) {
      assertThatThrownBy(() -> laidOut("layout: " + wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("2 replicas or 8 shards; not " + wrong);
    }
    assertThatThrownBy(() -> laidOut("layout: 65 replicas")).hasMessageContaining("1 to 64");
    assertThatThrownBy(() -> laidOut("layout: 0 replicas")).hasMessageContaining("1 to 64");
    assertThatThrownBy(() -> laidOut("replicas: 65")).hasMessageContaining("1 to 64");
    assertThatThrownBy(() -> laidOut("layout: 1025 shards")).hasMessageContaining("1 to 1024");
  }
}
