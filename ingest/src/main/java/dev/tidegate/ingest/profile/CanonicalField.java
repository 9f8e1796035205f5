package dev.tidegate.ingest.profile;

import java.util.Arrays;
import java.util.List;

/** The fields of a Transaction that a profile can fill. */
public enum CanonicalField {
  /** Unique id of the payment. */
  TRANSACTION_ID("transactionId"),
  /** When the payment was made. */
  TIME("time"),
  /** How much. */
  AMOUNT("amount"),
  /** ISO 4217 code. */
  CURRENCY("currency"),
  /** Account that pays. */
  PAYER_ACCOUNT("payerAccount"),
  /** Account that is paid. */
  PAYEE_ACCOUNT("payeeAccount"),
  /** Customer of the paying side. */
  CUSTOMER_ID("customerId"),
  /** Card number, or an id of the card. */
  CARD("card"),
  /** Merchant that is paid. */
  MERCHANT_ID("merchantId"),
  /** Terminal or point of sale. */
  TERMINAL_ID("terminalId"),
  /** Category of the merchant. */
  MERCHANT_CATEGORY("merchantCategory"),
  /** Device of the payer. */
  DEVICE_ID("deviceId"),
  /** IP address of the payer. */
  IP_ADDRESS("ipAddress"),
  /** Country of the payer. */
  PAYER_COUNTRY("payerCountry"),
  /** Country of the payee or merchant. */
  PAYEE_COUNTRY("payeeCountry"),
  /** How the payment was made. */
  CHANNEL("channel");

  private final String key;

  CanonicalField(String key) {
    this.key = key;
  }

  /** The field's key in a profile. */
  public String key() {
    return key;
  }

  /** All keys, in order. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(CanonicalField::key).toList();
  }
}
