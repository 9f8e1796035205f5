package dev.tidegate.app.offline;

import dev.tidegate.schemas.event.Transaction;
import org.jspecify.annotations.Nullable;

/** Whose payment it is, for figures that count customers or cards. */
public final class Customers {
  private Customers() {}

  /** The customer, else the card, else the account that paid. */
  public static String of(Transaction payment) {
    String holder = cardHolder(payment);
    return holder == null ? payment.getPayerAccount() : holder;
  }

  /** The customer, else the card; null where the source names neither. */
  public static @Nullable String cardHolder(Transaction payment) {
    String customer = payment.getCustomerId();
    return customer != null ? customer : payment.getCardToken();
  }
}
