package dev.tidegate.graphaml.temporal;

/**
 * The payment in hand and where its time stands against the newest. It is in the graph already;
 * what it sees is what came before or with it: payments of at least {@link #age} and less than a
 * window's border.
 */
final class Moment {
  int source;
  int target;
  long paymentId;
  long timeMs;
  long value;

  /** Low bits of the newest time of the graph. */
  int newest;

  /** Milliseconds that the payment stands behind the newest. */
  long age;

  /** Age from which payments are out of the longest window. */
  long border;

  boolean sourceHub;
  boolean targetHub;

  /** Sets a ring to one side of an account. */
  void open(Adjacency adjacency, Ring ring, int account, int side) {
    adjacency.open(ring, account, side, newest);
  }
}
