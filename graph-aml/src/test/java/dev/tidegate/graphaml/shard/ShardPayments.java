package dev.tidegate.graphaml.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.graphaml.temporal.Findings;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Outcome;
import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.graphaml.temporal.Streams;
import dev.tidegate.graphaml.temporal.TemporalGraph;
import dev.tidegate.schemas.event.Transaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** Random payments as transactions, and what the kernel says of them. */
final class ShardPayments {
  /** How far a transaction may come behind one with a later time. */
  static final long DISORDER_MS = 400;

  static final GraphSettings GRAPH = Streams.unbounded(20);
  static final ShardSettings SETTINGS = ShardSettings.of(GRAPH);

  private ShardPayments() {}

  /** Out of order, and some of them twice. */
  static List<Transaction> arriving(int count, long seed) {
    Random random = new Random(seed);
    List<Payment> payments = Streams.random(random, count);
    Map<Transaction, Long> arrival = new HashMap<>();
    List<Transaction> arriving = new ArrayList<>();
    for (Payment payment : payments) {
      for (int copies = random.nextInt(10) == 0 ? 2 : 1; copies > 0; copies--) {
        Transaction transaction = transaction(payment, copies);
        arrival.put(transaction, payment.timeMs() + random.nextInt((int) DISORDER_MS - 60));
        arriving.add(transaction);
      }
    }
    arriving.sort(Comparator.comparingLong(arrival::get));
    return arriving;
  }

  private static Transaction transaction(Payment payment, int copy) {
    return Transaction.newBuilder()
        .setTransactionId("tx-" + payment.id())
        .setEventTimeMs(payment.timeMs())
        .setIngestedAtMs(0)
        .setSource("test")
        .setSourceOffset(copy)
        .setPayerAccount("account-" + payment.source())
        .setPayeeAccount("account-" + payment.target())
        .setAmountMinor(payment.amountMinor())
        .setCurrency(GRAPH.currencies().get(payment.currency()).code())
        .build();
  }

  /** Everything that was found is what the kernel finds, and nothing is missing. */
  static void assertAsTheKernel(List<Transaction> arriving, Map<Long, Found> found) {
    TemporalGraph kernel = new TemporalGraph(GRAPH);
    Findings findings = new Findings(kernel.layout());
    int added = 0;
    int cycles = 0;
    for (Payment payment : inOrder(arriving)) {
      if (kernel.add(payment, findings) != Outcome.ADDED) {
        continue;
      }
      added++;
      Found one = Objects.requireNonNull(found.get(payment.id()));
      assertThat(named(kernel, one.values())).isEqualTo(named(kernel, findings.values()));
      assertThat(one.cycles()).isEqualTo(findings.cycles());
      assertThat(one.middlemen()).isEqualTo(findings.middlemen());
      assertThat(one.late() || one.cut()).isFalse();
      cycles += one.cycles().size();
    }
    assertThat(found).hasSize(added);
    assertThat(cycles).isGreaterThan(added / 2);
  }

  private static List<Payment> inOrder(List<Transaction> arriving) {
    return arriving.stream()
        .map(transaction -> Objects.requireNonNull(ShardPipeline.payment(transaction, GRAPH)))
        .sorted(Comparator.comparingLong(Payment::timeMs).thenComparingLong(Payment::id))
        .toList();
  }

  private static Map<String, Double> named(TemporalGraph kernel, double[] values) {
    Map<String, Double> named = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      named.put(kernel.layout().names().get(i), values[i]);
    }
    return named;
  }
}
