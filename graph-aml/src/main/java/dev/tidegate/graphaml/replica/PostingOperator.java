package dev.tidegate.graphaml.replica;

import dev.tidegate.graphaml.config.GraphConfig;
import dev.tidegate.graphaml.temporal.CurrencyRule;
import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.schemas.event.Transaction;
import dev.tidegate.schemas.flink.EventTimeOrderOperator;
import java.io.Serial;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Payments between accounts to postings, beside the source: fingerprints, and who searches. */
final class PostingOperator extends RichMapFunction<Transaction, Posting> {
  @Serial private static final long serialVersionUID = 1L;

  // configuration
  private final GraphConfig stage;

  // runtime
  private transient List<String> currencies;
  private transient TransactionCodec codec;

  @SuppressWarnings("NullAway.Init") // transients are set by open
  PostingOperator(GraphConfig stage) {
    this.stage = stage;
  }

  @Override
  public void open(OpenContext context) {
    currencies = stage.graph().currencies().stream().map(CurrencyRule::code).toList();
    codec = new TransactionCodec();
  }

  @Override
  public Posting map(Transaction transaction) {
    long id = EventTimeOrderOperator.fingerprint(transaction.getTransactionId());
    Payment payment =
        new Payment(
            id,
            EventTimeOrderOperator.fingerprint(transaction.getPayerAccount()),
            EventTimeOrderOperator.fingerprint(
                Objects.requireNonNull(transaction.getPayeeAccount())),
            transaction.getEventTimeMs(),
            transaction.getAmountMinor(),
            currencies.indexOf(transaction.getCurrency()));
    return new Posting(
        payment,
        0,
        Math.floorMod(id, stage.replicas()),
        false,
        transaction.getTransactionId(),
        codec.bytes(transaction));
  }
}
