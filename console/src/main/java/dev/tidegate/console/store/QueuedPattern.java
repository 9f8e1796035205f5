package dev.tidegate.console.store;

import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.EvidenceAccount;
import dev.tidegate.schemas.event.EvidencePayment;
import dev.tidegate.schemas.event.Lane;
import dev.tidegate.schemas.event.MinedCase;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.PatternAlert;
import dev.tidegate.schemas.event.Transaction;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * A pattern alert as the queue shows it: an alert of lane AML about the payment that opened it. The
 * payment went through, so its outcome is to approve; which pattern it is stands among the rules.
 */
record QueuedPattern(PatternAlert pattern) {
  /** Before the pattern's name among an alert's rules. */
  static final String RULE = "pattern:";

  private static final double THRESHOLD = 0.5;

  Alert alert() {
    return Alert.newBuilder()
        .setAlertId(pattern.getAlertId())
        .setLane(Lane.AML)
        .setTransaction(opening())
        .setCreatedAtMs(pattern.getIngestedAtMs())
        .setScore(pattern.getScore())
        .setThreshold(THRESHOLD)
        .setOutcome(Outcome.APPROVE)
        .setRelease("graph patterns " + pattern.getSettingsDigest().substring(0, digestShown()))
        .setFeatureDigest(pattern.getSettingsDigest())
        .setFeatureNames(List.of())
        .setFeatureValues(List.of())
        .setRules(List.of(RULE + name()))
        .build();
  }

  /** The pattern, or the search that mined it. */
  private String name() {
    MinedCase mined = pattern.getMined();
    return mined == null ? pattern.getPattern().name() : mined.getSearch().name();
  }

  private int digestShown() {
    return Math.min(8, pattern.getSettingsDigest().length());
  }

  /**
   * The payment that opened it; where the evidence has no room for it, the account it is about with
   * an amount of no currency, which pages do not show as a payment.
   */
  private Transaction opening() {
    Transaction.Builder payment =
        Transaction.newBuilder()
            .setTransactionId(pattern.getOpenedBy())
            .setEventTimeMs(pattern.getOpenedAtMs())
            .setIngestedAtMs(pattern.getIngestedAtMs())
            .setSource("graph-aml")
            .setSourceOffset(0)
            .setPayerAccount(pattern.getFocus())
            .setAmountMinor(0)
            .setCurrency("XXX");
    for (EvidencePayment one : pattern.getEvidencePayments()) {
      if (one.getTransactionId().equals(pattern.getOpenedBy())) {
        return payment
            .setPayerAccount(one.getFromAccount())
            .setPayeeAccount(one.getToAccount())
            .setAmountMinor(one.getAmountMinor())
            .setCurrency(one.getCurrency())
            .build();
      }
    }
    return payment.build();
  }

  /** What a free-text search looks through: every account and payment of the evidence. */
  String haystack() {
    StringJoiner text = new StringJoiner(" ");
    text.add(pattern.getAlertId()).add("AML").add(name().replace('_', ' '));
    for (EvidenceAccount account : pattern.getEvidenceAccounts()) {
      text.add(account.getAccount());
    }
    for (EvidencePayment payment : pattern.getEvidencePayments()) {
      text.add(payment.getTransactionId());
    }
    return EventJson.clean(text.toString().toLowerCase(Locale.ROOT));
  }
}
