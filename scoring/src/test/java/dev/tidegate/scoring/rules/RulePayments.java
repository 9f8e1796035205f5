package dev.tidegate.scoring.rules;

import dev.tidegate.schemas.event.Transaction;

/** Payments and rows for tests of rules. */
final class RulePayments {
  /** A Tuesday, 22:13:20 UTC. */
  static final long TIME_MS = 1_700_000_000_000L;

  private RulePayments() {}

  /** 123.45 euro from a German account to an online merchant in France, by card. */
  static Transaction.Builder payment() {
    return Transaction.newBuilder()
        .setTransactionId("t-1")
        .setEventTimeMs(TIME_MS)
        .setIngestedAtMs(TIME_MS)
        .setSource("simulator")
        .setSourceOffset(1)
        .setPayerAccount("account-1")
        .setCardToken("card-1")
        .setMerchantId("merchant-1")
        .setPayerCountry("DE")
        .setPayeeCountry("FR")
        .setChannel("card_online")
        .setAmountMinor(12_345)
        .setCurrency("EUR");
  }

  /** What a set says of a payment. */
  static RuleFindings ask(RuleSet set, Transaction payment, double score, float... values) {
    return new RuleRun(set, id -> {}).ask(payment, values, 0, score);
  }
}
