package dev.tidegate.features.catalogue;

import dev.tidegate.schemas.event.Transaction;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whose history a measure looks at. */
public enum Entity {
  /** The account that pays; every payment has one. */
  ACCOUNT("payerAccount", Transaction::getPayerAccount),
  /** The card, by its token. */
  CARD("cardToken", Transaction::getCardToken),
  /** The customer of the paying side. */
  CUSTOMER("customerId", Transaction::getCustomerId),
  /** Who is paid: an account, else a merchant, else a terminal; the id carries which. */
  COUNTERPARTY("payeeAccount ?? merchantId ?? terminalId", Entity::counterparty),
  /** The terminal or point of sale. */
  TERMINAL("terminalId", Transaction::getTerminalId),
  /** The merchant. */
  MERCHANT("merchantId", Transaction::getMerchantId),
  /** The payer's device. */
  DEVICE("deviceId", Transaction::getDeviceId),
  /** The payer's IP address. */
  IP("ipAddress", Transaction::getIpAddress),
  /** From which country to which: {@code NL>BE}. */
  CORRIDOR("payerCountry > payeeCountry", Entity::corridor);

  private final String definition;
  private final Function<Transaction, @Nullable String> id;

  Entity(String definition, Function<Transaction, @Nullable String> id) {
    this.definition = definition;
    this.id = id;
  }

  /** Word in the catalogue, first in the features' names. */
  public String noun() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Fields of a transaction that it is read from, for the digest and the docs. */
  String definition() {
    return definition;
  }

  /** The entity's id in a payment, unique among this kind of entity; null if none is named. */
  public @Nullable String idOf(Transaction payment) {
    String text = id.apply(payment);
    return text == null || text.isEmpty() ? null : text;
  }

  private static @Nullable String counterparty(Transaction payment) {
    if (isNamed(payment.getPayeeAccount())) {
      return "a:" + payment.getPayeeAccount();
    }
    if (isNamed(payment.getMerchantId())) {
      return "m:" + payment.getMerchantId();
    }
    return isNamed(payment.getTerminalId()) ? "t:" + payment.getTerminalId() : null;
  }

  private static @Nullable String corridor(Transaction payment) {
    if (isNamed(payment.getPayerCountry()) && isNamed(payment.getPayeeCountry())) {
      return payment.getPayerCountry() + ">" + payment.getPayeeCountry();
    }
    return null;
  }

  private static boolean isNamed(@Nullable String text) {
    return text != null && !text.isEmpty();
  }
}
