package dev.tidegate.app.offline;

import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Transaction;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a history says of one payment; reused from payment to payment. */
final class ArchivedDecision {
  Transaction payment = new Transaction();

  /** Features as they were served. */
  float[] values = new float[0];

  /** As they were served; empty if they were not asked for. */
  List<List<Float>> sequences = List.of();

  /** NaN if there is no decision. */
  double score = Double.NaN;

  /** Outcome that was decided; empty if there is no decision. */
  String outcome = "";

  /** Ids of what fired then. */
  List<String> fired = List.of();

  /** What it turned out to be, by the newest label; null if there is none. */
  @Nullable Boolean fraud;

  /** The vector that was served. */
  FeatureVector vector(String digest) {
    return FeatureVector.newBuilder()
        .setTransaction(payment)
        .setFeatureDigest(digest)
        .setLate(false)
        .setValues(IntStream.range(0, values.length).mapToObj(i -> values[i]).toList())
        .setSequences(sequences)
        .build();
  }

  /** The customer, or the account where the customer is another bank's. */
  String customer() {
    String customer = payment.getCustomerId();
    return customer == null ? payment.getPayerAccount() : customer;
  }
}
