package dev.tidegate.features.history;

/** Which amounts a measure takes. */
public enum Money {
  /** Amounts in the event's own currency; events in other currencies are left out. */
  OWN,
  /** Every amount, converted to the base currency by the rates table. */
  BASE,
  /** No amounts: every event counts, whatever its currency. */
  NONE
}
