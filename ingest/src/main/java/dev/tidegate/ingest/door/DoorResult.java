package dev.tidegate.ingest.door;

import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.Rejected;
import dev.tidegate.schemas.event.Transaction;
import org.jspecify.annotations.Nullable;

/** What became of one row. */
public sealed interface DoorResult {
  /** Physical line the row starts at; the header is line 1. */
  long line();

  /**
   * A payment.
   *
   * @param transaction the payment
   * @param label what it turned out to be, or null if the file does not say
   */
  record Accepted(Transaction transaction, @Nullable Label label) implements DoorResult {
    @Override
    public long line() {
      return transaction.getSourceOffset();
    }
  }

  /**
   * A row that could not become a payment.
   *
   * @param rejected the reason, without any value of the row
   */
  record Refused(Rejected rejected) implements DoorResult {
    @Override
    public long line() {
      return rejected.getSourceOffset();
    }
  }

  /**
   * A payment that was read before: the same id and the same content.
   *
   * @param line line of the repetition
   */
  record Duplicate(long line) implements DoorResult {}

  /**
   * A row that the profile's filter leaves out.
   *
   * @param line line of the row
   */
  record Skipped(long line) implements DoorResult {}
}
