package dev.tidegate.graphaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.config.GraphLayout;
import dev.tidegate.graphaml.pattern.PatternSettings;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Streams;
import dev.tidegate.schemas.event.GraphSignal;
import dev.tidegate.schemas.event.Transaction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The layout of shards against the one graph, by the stage's own wiring. */
class ShardedGraphPipelineTest {
  private static final int BLOCK = 10;
  private static final long START_MS = 1_700_000_000_000L;

  private static final List<Transaction> ARRIVING = arriving(800, 20_260_112);

  @TempDir static Path shared;
  private static LayoutRun.Written one;

  @TempDir Path folder;

  @BeforeAll
  static void runTheOneGraph() throws Exception {
    one = LayoutRun.run(shared.resolve("one"), ARRIVING, config(), 1);
  }

  /** Nothing is cut off; patterns that shards raise alerts of. */
  static GraphConfig config() {
    PatternSettings all = PatternSettings.everything();
    return new GraphConfig(
        Streams.unbounded(20),
        new PatternSettings(
            new PatternSettings.Widths(3, 0, 0, 0, 2, 0), all.times(), all.bounds()));
  }

  /** Accounts are remembered for as long as a late payment may ask. */
  static GraphConfig remembering() {
    GraphConfig config = config();
    GraphSettings graph = config.graph();
    return new GraphConfig(
        new GraphSettings(
            graph.windows(),
            new GraphSettings.Horizons(
                graph.horizons().disorderMs(), 60_000, graph.horizons().epochMs()),
            graph.limits(),
            graph.tolerance(),
            graph.currencies()),
        config.patterns());
  }

  /** A block among accounts that no payment in order touches later, before all others. */
  static List<Transaction> early() {
    List<Transaction> early = new ArrayList<>();
    for (int i = 2; i < BLOCK; i++) {
      early.add(GraphPipelineTest.payment("early-" + i, START_MS - 40 + i, "early", "on", 100));
    }
    early.add(GraphPipelineTest.payment("late-1", START_MS - 10, "late-a", "late-b", 100));
    early.add(GraphPipelineTest.payment("late-2", START_MS - 5, "late-b", "late-c", 100));
    return early;
  }

  /**
   * Those that come when time has gone on to so far: one later than the disorder, which closes a
   * cycle with the early ones, and one behind the watermark that is not.
   */
  static List<Transaction> lates(long nowMs) {
    return List.of(
        GraphPipelineTest.payment("late-3", START_MS - 2, "late-c", "late-a", 100),
        GraphPipelineTest.payment("late-4", nowMs - 30, "late-a", "late-d", 100));
  }

  /**
   * No two at one time, since shards order these otherwise; out of order as far as the watermark
   * waits; some twice, by card or in a foreign currency.
   */
  static List<Transaction> arriving(int count, long seed) {
    Random random = new Random(seed);
    List<Transaction> arriving = new ArrayList<>();
    List<Transaction> block = new ArrayList<>();
    long timeMs = START_MS;
    for (int i = 0; arriving.size() < count; i++) {
      timeMs += 1 + random.nextInt(12);
      Transaction.Builder payment =
          Transaction.newBuilder(
              GraphPipelineTest.payment(
                  "tx-" + i,
                  timeMs,
                  "account-" + random.nextInt(8),
                  "account-" + random.nextInt(8),
                  new long[] {50, 91, 97, 100, 250}[random.nextInt(5)]));
      int kind = random.nextInt(20);
      if (kind == 0) {
        payment.setCurrency("XTS");
      } else if (kind == 1) {
        payment.setPayeeAccount(null);
      } else if (kind == 2 && block.size() < BLOCK - 1) {
        block.add(payment.build());
      }
      block.add(payment.build());
      if (block.size() == BLOCK) {
        Collections.shuffle(block, random);
        arriving.addAll(block);
        block.clear();
      }
    }
    return arriving;
  }

  @ParameterizedTest
  @CsvSource({"1,1", "8,2", "3,4"})
  void shouldSayWhatTheOneGraphSays(int shards, int parallelism) throws Exception {
    LayoutRun.Written more =
        LayoutRun.run(
            folder.resolve("more"),
            ARRIVING,
            config().with(GraphLayout.shards(shards)),
            parallelism);
    more.assertSaysWhat(one);
  }

  /** Shards keep a payment later than the disorder, and raise no alert of it. */
  @Test
  void shouldAnswerLatePaymentsAndGoOn() throws Exception {
    List<Transaction> arriving = new ArrayList<>(early());
    arriving.addAll(arriving(1_000, 20_260_113));
    arriving.addAll(lates(newestMs(arriving)));
    LayoutRun.Written whole = LayoutRun.run(folder.resolve("one"), arriving, remembering(), 1);
    LayoutRun.Written more =
        LayoutRun.run(
            folder.resolve("more"), arriving, remembering().with(GraphLayout.shards(4)), 2);

    assertThat(more.signals().keySet()).isEqualTo(whole.signals().keySet());
    assertThat(undisturbed(more)).isEqualTo(undisturbed(whole));
    assertThat(more.alerts()).hasSizeGreaterThan(100).isEqualTo(whole.alerts());
    for (String late : List.of("late-3", "late-4")) {
      GraphSignal signal = more.signals().get(late);
      assertThat(signal.getLate()).isTrue();
      assertThat(signal.getValues().get(0)).isNotNaN();
    }
    assertThat(whole.signals().get("late-3").getValues().get(0)).isNaN();
  }

  private static long newestMs(List<Transaction> payments) {
    return payments.stream().mapToLong(Transaction::getEventTimeMs).max().orElseThrow();
  }

  private static Map<String, GraphSignal> undisturbed(LayoutRun.Written written) {
    Map<String, GraphSignal> signals = new TreeMap<>(written.signals());
    signals.keySet().removeIf(id -> id.startsWith("late-"));
    return signals;
  }

  @Test
  void shouldNameEveryOperatorAndUseNoGenericType() {
    LayoutRun.assertOperatorsNamedAndTyped(config().with(GraphLayout.shards(8)));
  }
}
