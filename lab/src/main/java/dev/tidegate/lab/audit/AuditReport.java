package dev.tidegate.lab.audit;

import dev.tidegate.schemas.event.Decision;
import java.util.List;
import java.util.Map;

/**
 * What an audit found. Lists name transaction ids, or alert ids, in order; all empty is clean.
 *
 * @param counts how much stood on the topics
 * @param missing payments without a decision
 * @param unexpected decisions on payments that nobody sent
 * @param duplicated payments with more than one decision on the topic, equal or not
 * @param changed payments with decisions that differ in more than the wall clock
 * @param doubledAlerts alerts that stand more than once, or under another id for the same payment
 *     and lane
 * @param orphanAlerts alerts on payments without a decision
 * @param decisions the first decision on each payment, by transaction id, wall clock set to 0
 */
public record AuditReport(
    Counts counts,
    List<String> missing,
    List<String> unexpected,
    List<String> duplicated,
    List<String> changed,
    List<String> doubledAlerts,
    List<String> orphanAlerts,
    Map<String, Decision> decisions) {

  /**
   * How much stood on the topics.
   *
   * @param transactions distinct payments
   * @param rejected distinct rejected inputs, by source and line
   * @param rawDecisions records on [decisions]
   * @param rawAlerts records on [alerts]
   */
  public record Counts(long transactions, long rejected, long rawDecisions, long rawAlerts) {}

  /** True if nothing was lost, doubled, changed or made up. */
  public boolean isClean() {
    return missing.isEmpty()
        && unexpected.isEmpty()
        && duplicated.isEmpty()
        && changed.isEmpty()
        && doubledAlerts.isEmpty()
        && orphanAlerts.isEmpty();
  }

  /** One line for people: counts, then what was found, each with at most three ids. */
  public String describe() {
    StringBuilder text =
        new StringBuilder()
            .append(counts.transactions)
            .append(" transactions, ")
            .append(counts.rejected)
            .append(" rejected, ")
            .append(counts.rawDecisions)
            .append(" decisions, ")
            .append(counts.rawAlerts)
            .append(" alerts");
    append(text, "missing", missing);
    append(text, "unexpected", unexpected);
    append(text, "duplicated", duplicated);
    append(text, "changed", changed);
    append(text, "alerts doubled", doubledAlerts);
    append(text, "alerts without a decision", orphanAlerts);
    return isClean() ? text.append("; clean").toString() : text.toString();
  }

  private static void append(StringBuilder text, String name, List<String> ids) {
    if (!ids.isEmpty()) {
      text.append("; ")
          .append(ids.size())
          .append(' ')
          .append(name)
          .append(' ')
          .append(ids.subList(0, Math.min(3, ids.size())));
    }
  }
}
