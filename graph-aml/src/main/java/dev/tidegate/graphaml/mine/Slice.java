package dev.tidegate.graphaml.mine;

import dev.tidegate.schemas.event.Transaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The payments of a slice of time as a graph. Accounts have their numbers in the order of their
 * names, so that nothing depends on the order in which payments came.
 */
final class Slice {
  static final Comparator<Transaction> OLDEST_FIRST =
      Comparator.comparingLong(Transaction::getEventTimeMs)
          .thenComparing(Transaction::getTransactionId);

  final long fromMs;
  final List<String> names;
  final MoneyGraph graph;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<Integer, List<Transaction>> byLink = new HashMap<>();

  /**
   * A slice.
   *
   * @param payments between two accounts
   * @param hubDegree accounts with more partners are left out
   */
  Slice(long fromMs, List<Transaction> payments, PaymentValue value, int hubDegree) {
    this.fromMs = fromMs;
    List<Transaction> kept = withoutHubs(payments, hubDegree);
    Set<String> accounts = new TreeSet<>();
    for (Transaction payment : kept) {
      accounts.add(payment.getPayerAccount());
      accounts.add(payment.getPayeeAccount());
    }
    names = List.copyOf(accounts);
    for (String name : names) {
      numbers.put(name, numbers.size());
    }
    MoneyGraph.Builder links = new MoneyGraph.Builder(names.size());
    kept.forEach(payment -> links.add(payer(payment), payee(payment), value.of(payment)));
    graph = links.build();
    for (Transaction payment : kept) {
      int link = graph.link(payer(payment), payee(payment));
      if (link >= 0 && value.of(payment) > 0) {
        byLink.computeIfAbsent(link, unknown -> new ArrayList<>()).add(payment);
      }
    }
  }

  private static List<Transaction> withoutHubs(List<Transaction> payments, int hubDegree) {
    Map<String, Set<String>> partners = new HashMap<>();
    for (Transaction payment : payments) {
      String payer = payment.getPayerAccount();
      String payee = payment.getPayeeAccount();
      partners.computeIfAbsent(payer, unknown -> new HashSet<>()).add(">" + payee);
      partners.computeIfAbsent(payee, unknown -> new HashSet<>()).add("<" + payer);
    }
    return payments.stream()
        .filter(
            payment ->
                partners.getOrDefault(payment.getPayerAccount(), Set.of()).size() <= hubDegree
                    && partners.getOrDefault(payment.getPayeeAccount(), Set.of()).size()
                        <= hubDegree)
        .toList();
  }

  private int payer(Transaction payment) {
    return numbers.getOrDefault(payment.getPayerAccount(), -1);
  }

  private int payee(Transaction payment) {
    return numbers.getOrDefault(payment.getPayeeAccount(), -1);
  }

  /** The payments of a link. */
  List<Transaction> payments(int link) {
    return byLink.getOrDefault(link, List.of());
  }
}
