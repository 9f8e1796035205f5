package dev.tidegate.features.catalogue;

import dev.tidegate.schemas.event.Transaction;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A field of a payment whose different values are counted, or whose news and recency count. */
public enum Tag {
  /** Merchant that is paid. */
  MERCHANT("merchantId", Transaction::getMerchantId),
  /** Terminal or point of sale. */
  TERMINAL("terminalId", Transaction::getTerminalId),
  /** The merchant's category. */
  CATEGORY("merchantCategory", Transaction::getMerchantCategory),
  /** Who is paid; see {@link Entity#COUNTERPARTY}. */
  COUNTERPARTY(Entity.COUNTERPARTY.definition(), Entity.COUNTERPARTY::idOf),
  /** The payer's device. */
  DEVICE("deviceId", Transaction::getDeviceId),
  /** The payer's IP address. */
  IP("ipAddress", Transaction::getIpAddress),
  /** The payer's country. */
  PAYER_COUNTRY("payerCountry", Transaction::getPayerCountry),
  /** The payee's or merchant's country. */
  PAYEE_COUNTRY("payeeCountry", Transaction::getPayeeCountry),
  /** The country where the money goes, else where it comes from. */
  COUNTRY("payeeCountry ?? payerCountry", Tag::country),
  /** The payment's currency. */
  CURRENCY("currency", Transaction::getCurrency),
  /** How the payment was made. */
  CHANNEL("channel", Transaction::getChannel),
  /** The card, by its token. */
  CARD("cardToken", Transaction::getCardToken),
  /** The account that pays. */
  ACCOUNT("payerAccount", Transaction::getPayerAccount),
  /** The customer of the paying side. */
  CUSTOMER("customerId", Transaction::getCustomerId);

  private final String definition;
  private final Function<Transaction, @Nullable String> value;

  Tag(String definition, Function<Transaction, @Nullable String> value) {
    this.definition = definition;
    this.value = value;
  }

  /** Word in the catalogue and in the features' names. */
  public String noun() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Fields of a transaction that it is read from, for the digest and the docs. */
  String definition() {
    return definition;
  }

  /** The value in a payment; null if the payment has none. */
  public @Nullable String valueOf(Transaction payment) {
    String text = value.apply(payment);
    return text == null || text.isEmpty() ? null : text;
  }

  private static @Nullable String country(Transaction payment) {
    String payee = payment.getPayeeCountry();
    return payee == null || payee.isEmpty() ? payment.getPayerCountry() : payee;
  }
}
