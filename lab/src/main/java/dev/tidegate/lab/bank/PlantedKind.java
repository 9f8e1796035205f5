package dev.tidegate.lab.bank;

import java.util.Arrays;
import java.util.List;

/** What is planted, and how much of it. */
public enum PlantedKind {
  /** One card, lost or copied: small trials, then purchases above its owner's habit. */
  STOLEN_CARD("stolen_card", Lane.FRAUD, 0.0011),
  /** A customer's access, taken by a stranger who empties the account to new payees. */
  ACCOUNT_TAKEOVER("account_takeover", Lane.FRAUD, 0.0009),
  /** A point of sale that copies cards, which are abused together some days later. */
  MERCHANT_COMPROMISE("merchant_compromise", Lane.FRAUD, 0.001),
  /** A list of card numbers, tried with tiny payments at one online merchant. */
  CARD_TESTING("card_testing", Lane.FRAUD, 0.0005),
  /** The holder is talked into paying: scams by purchase, advance fee, impersonation and so on. */
  APP_SCAM("app_scam", Lane.FRAUD, 0.0006),
  /** A business pays a supplier's invoice to an account that a fraudster put in its place. */
  INVOICE_REDIRECTION("invoice_redirection", Lane.FRAUD, 0.0001),
  /** Refunds of goods that are not given back, or of none that were bought. */
  REFUND_ABUSE("refund_abuse", Lane.FRAUD, 0.0004),
  /** A young merchant that charges as many cards as it can and disappears. */
  MERCHANT_BUST_OUT("merchant_bust_out", Lane.FRAUD, 0.0005),
  /** Many payers into one account. */
  FAN_IN("fan_in", Lane.LAUNDERING, 0.00035),
  /** One payer to many accounts. */
  FAN_OUT("fan_out", Lane.LAUNDERING, 0.00035),
  /** A ring: the money comes back to where it started. */
  CYCLE("cycle", Lane.LAUNDERING, 0.0002),
  /** One source, several accounts between, one sink. */
  SCATTER_GATHER("scatter_gather", Lane.LAUNDERING, 0.0003),
  /** Several payers, one hub, several payees. */
  GATHER_SCATTER("gather_scatter", Lane.LAUNDERING, 0.0003),
  /** A chain of accounts that pass the money on. */
  LAYERING("layering", Lane.LAUNDERING, 0.0002),
  /** A sum in pieces below the reporting threshold. */
  STRUCTURING("structuring", Lane.LAUNDERING, 0.0002),
  /** An account that takes in what victims of fraud pay, and hands it on. */
  MULE("mule", Lane.LAUNDERING, 0.0003),
  /** Large sums that come in and leave within a day. */
  PASS_THROUGH("pass_through", Lane.LAUNDERING, 0.0002),
  /** Trade or loans that bring a company's own money back. */
  ROUND_TRIP("round_trip", Lane.LAUNDERING, 0.0001),
  /** An account that slept for weeks and is emptied. */
  DORMANT_ACCOUNT("dormant_account", Lane.LAUNDERING, 0.00014),
  /** Money to countries under a call for action, mostly by way of others. */
  HIGH_RISK_CORRIDOR("high_risk_corridor", Lane.LAUNDERING, 0.00012),
  /**
   * The holder is talked into buying gift cards: a fraud that only comes up as {@link BankChange}.
   */
  GIFT_CARD_SCAM("gift_card_scam", Lane.FRAUD, 0);

  private static final List<PlantedKind> STANDING =
      Arrays.stream(values()).filter(kind -> kind.share > 0).toList();

  private final String code;
  private final Lane lane;
  private final double share;

  PlantedKind(String code, Lane lane, double share) {
    this.code = code;
    this.lane = lane;
    this.share = share;
  }

  /** Name in the files. */
  public String code() {
    return code;
  }

  /** Fraud or laundering. */
  public Lane lane() {
    return lane;
  }

  /** The kinds that every bank has from its first days on. */
  public static List<PlantedKind> standing() {
    return STANDING;
  }

  /** Aim: this kind's payments as a share of all payments; 0 where a change alone brings it. */
  public double share() {
    return share;
  }
}
