package dev.tidegate.features;

import dev.tidegate.schemas.event.Transaction;
import org.jspecify.annotations.Nullable;

/** Whose windows a feature looks at. */
enum Entity {
  /** The account that pays. */
  ACCOUNT("account", "payerAccount"),
  /** Who is paid: an account, else a merchant, else a terminal. */
  COUNTERPARTY("counterparty", "payeeAccount ?? merchantId ?? terminalId");

  private final String noun;
  private final String definition;

  Entity(String noun, String definition) {
    this.noun = noun;
    this.definition = definition;
  }

  /** First word of the features' names. */
  String noun() {
    return noun;
  }

  /** The fields it is read from, for the feature set's canonical text. */
  String definition() {
    return definition;
  }

  /**
   * The entity's id in a payment with its kind, so that kinds do not mix; null if none is named.
   */
  @Nullable String idOf(Transaction payment) {
    if (this == ACCOUNT) {
      return "a:" + payment.getPayerAccount();
    }
    if (payment.getPayeeAccount() != null) {
      return "a:" + payment.getPayeeAccount();
    }
    if (payment.getMerchantId() != null) {
      return "m:" + payment.getMerchantId();
    }
    return payment.getTerminalId() == null ? null : "t:" + payment.getTerminalId();
  }

  /**
   * Key of the windows: currency and entity. A payment without the entity takes its payer's place,
   * which spreads such payments evenly; it touches no windows.
   */
  String keyOf(Transaction payment) {
    String id = idOf(payment);
    return payment.getCurrency() + ":" + (id == null ? "-:" + payment.getPayerAccount() : id);
  }
}
