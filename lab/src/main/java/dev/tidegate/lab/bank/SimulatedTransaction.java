package dev.tidegate.lab.bank;

import org.jspecify.annotations.Nullable;

/**
 * One simulated payment, with the truth about it.
 *
 * @param transactionId unique, rising with time
 * @param eventTimeMs when it was made, milliseconds since 1970, UTC
 * @param amount how much
 * @param payer who pays
 * @param payee the account that is paid, or null for a card payment or cash
 * @param card the card and where it was used, or null where there was none
 * @param access the payer's device and address, or null where none is seen
 * @param channel how
 * @param planted the planted case that it belongs to, or null when it is honest; never in the
 *     transaction files
 */
public record SimulatedTransaction(
    String transactionId,
    long eventTimeMs,
    Amount amount,
    Payer payer,
    @Nullable Payee payee,
    @Nullable CardUse card,
    @Nullable Access access,
    Channel channel,
    @Nullable PlantedCase planted) {

  /**
   * Money.
   *
   * @param minorUnits hundredths of the currency; below zero for a refund, never zero
   * @param currency ISO 4217
   */
  public record Amount(long minorUnits, String currency) {}

  /**
   * The paying side.
   *
   * @param account account number
   * @param customerId its customer, or null where the account is at another bank
   * @param country ISO 3166 code
   */
  public record Payer(String account, @Nullable String customerId, String country) {}

  /**
   * The paid account.
   *
   * @param account account number
   * @param country ISO 3166 code
   */
  public record Payee(String account, String country) {}

  /**
   * Use of a card.
   *
   * @param number sixteen digits of a test range with a valid check digit
   * @param merchantId merchant, or null at a cash machine
   * @param terminalId terminal or cash machine, or null online
   * @param category what the merchant sells; {@code cash} at a cash machine
   * @param country ISO 3166 code of the merchant or machine
   */
  public record CardUse(
      String number,
      @Nullable String merchantId,
      @Nullable String terminalId,
      String category,
      String country) {}

  /**
   * Where the payer sat.
   *
   * @param deviceId device
   * @param ipAddress IPv4 address of a private range
   */
  public record Access(String deviceId, String ipAddress) {}

  /** Country of the paid side, ISO 3166. */
  public String payeeCountry() {
    if (payee != null) {
      return payee.country();
    }
    return card == null ? payer.country() : card.country();
  }

  /** The same payment with another card of the customer's. */
  SimulatedTransaction withCard(String number) {
    if (card == null) {
      throw new IllegalStateException("there is no card on this payment");
    }
    CardUse other =
        new CardUse(number, card.merchantId, card.terminalId, card.category, card.country);
    return new SimulatedTransaction(
        transactionId, eventTimeMs, amount, payer, payee, other, access, channel, planted);
  }

  /** The same payment under another id. */
  SimulatedTransaction numbered(String id) {
    return new SimulatedTransaction(
        id, eventTimeMs, amount, payer, payee, card, access, channel, planted);
  }
}
