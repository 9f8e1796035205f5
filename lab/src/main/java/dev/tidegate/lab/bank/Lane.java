package dev.tidegate.lab.bank;

/** Which side of a bank hunts a kind of crime. */
public enum Lane {
  /** Somebody pays with another's card or account. */
  FRAUD("fraud"),
  /** Somebody hides where money comes from. */
  LAUNDERING("laundering");

  private final String code;

  Lane(String code) {
    this.code = code;
  }

  /** Name in the files. */
  public String code() {
    return code;
  }
}
