package dev.tidegate.app.offline;

import dev.tidegate.schemas.event.Transaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a history says of one payment; reused from payment to payment. */
final class ArchivedDecision {
  Transaction payment = new Transaction();

  /** Features as they were served. */
  float[] values = new float[0];

  /** NaN if there is no decision. */
  double score = Double.NaN;

  /** Outcome that was decided; empty if there is no decision. */
  String outcome = "";

  /** Ids of what fired then. */
  List<String> fired = List.of();

  /** What it turned out to be, by the newest label; null if there is none. */
  @Nullable Boolean fraud;

  /** The customer, or the account where the customer is another bank's. */
  String customer() {
    String customer = payment.getCustomerId();
    return customer == null ? payment.getPayerAccount() : customer;
  }
}
