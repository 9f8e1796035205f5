package dev.tidegate.lab.audit;

import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.Rejected;
import dev.tidegate.schemas.event.Transaction;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reconciles [transactions] and [transactions.rejected] with [decisions] and [alerts], as they
 * stand at the call. Holds one decision a payment in memory. Thread safe if its log is.
 */
public final class Auditor {
  private final TopicLog log;

  /** For the topics in a log. */
  public Auditor(TopicLog log) {
    this.log = log;
  }

  /** Every payment that stands on [transactions] is expected to have its decision. */
  public AuditReport audit() {
    return audit(Set.of());
  }

  /**
   * As {@link #audit()}, and besides expects ids that the caller knows it has sent, so that a loss
   * before [transactions] shows too.
   *
   * @param sent transaction ids of acknowledged payments that were not rejected
   */
  public AuditReport audit(Collection<String> sent) {
    Decisions decisions = new Decisions();
    log.read(Topics.DECISIONS, Decision.class, decisions::add);
    Alerts alerts = new Alerts();
    log.read(Topics.ALERTS, Alert.class, alerts::add);
    Set<String> rejected = new HashSet<>();
    log.read(
        Topics.TRANSACTIONS_REJECTED,
        Rejected.class,
        event -> rejected.add(event.getSource() + ":" + event.getSourceOffset()));
    Set<String> expected = new TreeSet<>(sent);
    Set<String> transactions = new HashSet<>();
    log.read(
        Topics.TRANSACTIONS,
        Transaction.class,
        event -> transactions.add(event.getTransactionId()));
    expected.addAll(transactions);
    return new AuditReport(
        new AuditReport.Counts(transactions.size(), rejected.size(), decisions.raw, alerts.raw),
        without(expected, decisions.first.keySet()),
        without(decisions.first.keySet(), expected),
        List.copyOf(decisions.duplicated),
        List.copyOf(decisions.changed),
        List.copyOf(alerts.doubled),
        without(alerts.transactionByAlert, decisions.first.keySet()),
        decisions.first);
  }

  private static List<String> without(Collection<String> ids, Set<String> known) {
    return ids.stream().filter(id -> !known.contains(id)).toList();
  }

  /** Alert ids whose payment is not known. */
  private static List<String> without(Map<String, String> transactionByAlert, Set<String> known) {
    return transactionByAlert.entrySet().stream()
        .filter(alert -> !known.contains(alert.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static final class Decisions {
    final Map<String, Decision> first = new TreeMap<>();
    final Set<String> duplicated = new TreeSet<>();
    final Set<String> changed = new TreeSet<>();
    long raw;

    void add(Decision decision) {
      raw++;
      Decision content = Decision.newBuilder(decision).setIngestedAtMs(0).setDecidedAtMs(0).build();
      Decision known = first.putIfAbsent(decision.getTransactionId(), content);
      if (known != null) {
        duplicated.add(decision.getTransactionId());
        if (!known.equals(content)) {
          changed.add(decision.getTransactionId());
        }
      }
    }
  }

  private static final class Alerts {
    final Map<String, String> transactionByAlert = new TreeMap<>();
    final Set<String> doubled = new TreeSet<>();
    private final Map<String, String> alertBySubject = new HashMap<>();
    long raw;

    void add(Alert alert) {
      raw++;
      String transaction = alert.getTransaction().getTransactionId();
      boolean repeated = transactionByAlert.putIfAbsent(alert.getAlertId(), transaction) != null;
      String other =
          alertBySubject.putIfAbsent(alert.getLane() + "|" + transaction, alert.getAlertId());
      if (repeated || other != null) {
        doubled.add(alert.getAlertId());
      }
    }
  }
}
