package dev.tidegate.lab.bank;

/** What is planted, and how much of it. */
public enum PlantedKind {
  /** One card, lost or copied: small trials, then purchases above its owner's habit. */
  STOLEN_CARD("stolen_card", Lane.FRAUD, 0.0018),
  /** A customer's access, taken by a stranger who empties the account to new payees. */
  ACCOUNT_TAKEOVER("account_takeover", Lane.FRAUD, 0.0015),
  /** A point of sale that copies cards, which are abused together some days later. */
  MERCHANT_COMPROMISE("merchant_compromise", Lane.FRAUD, 0.0017),
  /** Many payers into one account. */
  FAN_IN("fan_in", Lane.LAUNDERING, 0.00045),
  /** One payer to many accounts. */
  FAN_OUT("fan_out", Lane.LAUNDERING, 0.00045),
  /** A ring: the money comes back to where it started. */
  CYCLE("cycle", Lane.LAUNDERING, 0.0004),
  /** One source, several accounts between, one sink. */
  SCATTER_GATHER("scatter_gather", Lane.LAUNDERING, 0.00045),
  /** Several payers, one hub, several payees. */
  GATHER_SCATTER("gather_scatter", Lane.LAUNDERING, 0.00045),
  /** A chain of accounts that pass the money on. */
  LAYERING("layering", Lane.LAUNDERING, 0.0004);

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

  /** Aim: this kind's payments as a share of all payments. */
  public double share() {
    return share;
  }
}
