package dev.tidegate.lab.bank;

/** How a payment was made. */
public enum Channel {
  /** Card at a point of sale. */
  CARD_POS("card_pos"),
  /** Card over the network. */
  CARD_ONLINE("card_online"),
  /** Cash from a machine. */
  ATM("atm"),
  /** Credit transfer. */
  TRANSFER("transfer"),
  /** Instant credit transfer. */
  INSTANT("instant"),
  /** Payment from telephone to telephone. */
  MOBILE("mobile"),
  /** Bill drawn by the payee. */
  DIRECT_DEBIT("direct_debit");

  private final String code;

  Channel(String code) {
    this.code = code;
  }

  /** Name in the files. */
  public String code() {
    return code;
  }
}
