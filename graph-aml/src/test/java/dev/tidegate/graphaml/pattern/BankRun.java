package dev.tidegate.graphaml.pattern;

import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.temporal.CurrencyRule;
import dev.tidegate.graphaml.temporal.Findings;
import dev.tidegate.graphaml.temporal.Hop;
import dev.tidegate.graphaml.temporal.Outcome;
import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.graphaml.temporal.TemporalGraph;
import dev.tidegate.lab.bank.BankSimulator;
import dev.tidegate.lab.bank.Lane;
import dev.tidegate.lab.bank.SimulatedTransaction;
import dev.tidegate.lab.bank.SimulatorSettings;
import dev.tidegate.schemas.event.EvidencePayment;
import dev.tidegate.schemas.event.PatternAlert;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Pattern alerts of a simulated bank against what was planted: how many planted cases an alert
 * lists at least half of, and of how many alerts at least half was planted.
 */
final class BankRun implements EpisodeStore {
  private static final double HALF = 0.5;

  final Map<String, Set<String>> cases = new HashMap<>();
  final Map<String, String> kindOfCase = new HashMap<>();
  final Map<String, String> caseOf = new HashMap<>();
  final Map<String, PatternAlert> last = new TreeMap<>();
  int payments;

  private final GraphConfig config;
  private final TemporalGraph graph;
  private final Map<Long, SimulatedTransaction> known = new HashMap<>();

  BankRun(GraphConfig config) {
    this.config = config;
    graph = new TemporalGraph(config.graph());
  }

  static GraphConfig shipped() {
    return GraphConfig.read(Path.of("../config/graph.yaml"));
  }

  BankRun over(long seed, int customers, int days) {
    List<String> currencies = config.graph().currencies().stream().map(CurrencyRule::code).toList();
    PatternTracker tracker =
        new PatternTracker(config.patterns(), config.graph(), graph, this, "digest");
    Findings findings = new Findings(graph.layout());
    Iterator<SimulatedTransaction> bank =
        new BankSimulator(SimulatorSettings.of(seed, customers)).transactions(days);
    while (bank.hasNext()) {
      SimulatedTransaction tx = bank.next();
      if (tx.payee() == null) {
        continue;
      }
      payments++;
      note(tx);
      Payment payment =
          new Payment(
              number(tx.transactionId()),
              number(tx.payer().account()),
              number(tx.payee().account()),
              tx.eventTimeMs(),
              tx.amount().minorUnits(),
              currencies.indexOf(tx.amount().currency()));
      known.put(payment.id(), tx);
      if (graph.add(payment, findings) == Outcome.ADDED) {
        PatternTracker.Arrival arrival =
            new PatternTracker.Arrival(tx.transactionId(), tx.eventTimeMs());
        tracker
            .added(payment, findings, arrival, this::edge)
            .forEach(alert -> last.put(alert.getAlertId(), alert));
      }
    }
    return this;
  }

  private void note(SimulatedTransaction tx) {
    if (tx.planted() != null && tx.planted().kind().lane() == Lane.LAUNDERING) {
      caseOf.put(tx.transactionId(), tx.planted().caseId());
      kindOfCase.put(tx.planted().caseId(), tx.planted().kind().code());
      cases.computeIfAbsent(tx.planted().caseId(), id -> new HashSet<>()).add(tx.transactionId());
    }
  }

  private Edge edge(Hop hop) {
    SimulatedTransaction tx = known.get(hop.payment());
    return new Edge(
        hop,
        tx.transactionId(),
        tx.payer().account(),
        Objects.requireNonNull(tx.payee()).account(),
        tx.amount().minorUnits(),
        tx.amount().currency());
  }

  private static long number(String id) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  /** Of the cases of each kind, how many there are and how many an alert lists half of. */
  Map<String, int[]> found() {
    Map<String, Integer> best = new HashMap<>();
    for (PatternAlert alert : last.values()) {
      Map<String, Integer> of = new HashMap<>();
      for (EvidencePayment payment : alert.getEvidencePayments()) {
        String id = caseOf.get(payment.getTransactionId());
        if (id != null) {
          of.merge(id, 1, Integer::sum);
        }
      }
      of.forEach((id, count) -> best.merge(id, count, Math::max));
    }
    Map<String, int[]> table = new TreeMap<>();
    cases.forEach(
        (id, all) -> {
          int[] row = table.computeIfAbsent(kindOfCase.get(id), kind -> new int[2]);
          row[0]++;
          row[1] += best.getOrDefault(id, 0) >= HALF * all.size() ? 1 : 0;
        });
    return table;
  }

  /** Of the alerts of each pattern, how many there are and how many are half planted. */
  Map<String, int[]> right() {
    Map<String, int[]> table = new TreeMap<>();
    for (PatternAlert alert : last.values()) {
      long planted =
          alert.getEvidencePayments().stream()
              .filter(payment -> caseOf.containsKey(payment.getTransactionId()))
              .count();
      int[] row = table.computeIfAbsent(alert.getPattern().name(), pattern -> new int[2]);
      row[0]++;
      row[1] += planted >= HALF * alert.getEvidencePayments().size() ? 1 : 0;
    }
    return table;
  }

  @Override
  public void each(Consumer<byte[]> reader) {
    // Begins without episodes.
  }

  @Override
  public void put(String id, byte[] episode) {
    // Nothing is kept: the run has no stops.
  }

  @Override
  public void remove(String id) {
    // Nothing is kept: the run has no stops.
  }

  /** Arguments: seed, customers, days. */
  public static void main(String[] args) {
    BankRun run =
        new BankRun(shipped())
            .over(Long.parseLong(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    System.out.println(run.payments + " payments between accounts, " + run.cases.size() + " cases");
    run.found().forEach((kind, row) -> System.out.println(line("planted " + kind, row)));
    run.right().forEach((kind, row) -> System.out.println(line("alerts " + kind, row)));
  }

  private static String line(String what, int[] row) {
    return String.format(Locale.ROOT, "%-28s %5d of %5d", what, row[1], row[0]);
  }
}
