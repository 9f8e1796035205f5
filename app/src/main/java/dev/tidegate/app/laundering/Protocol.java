package dev.tidegate.app.laundering;

import java.util.Locale;

/** What a model may know of a payment that it is judged on. */
public enum Protocol {
  /**
   * What is known when the payment is made, or by the end of its day. Days at the set's end with
   * few payments but the planted ones are cut, and a channel that gives the planted payments away
   * is no column.
   */
  HONEST,
  /**
   * As published leaderboards have it: all payments of the set, later ones too, are in the graph
   * that a payment is judged by; nothing is cut. Labels of later payments are not seen.
   */
  LEADERBOARD;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
