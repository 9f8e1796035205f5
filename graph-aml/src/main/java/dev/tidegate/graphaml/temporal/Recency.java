package dev.tidegate.graphaml.temporal;

/** Age and dormancy of accounts, told before the payment in hand counts. */
final class Recency {
  private final GraphState state;
  private final Ring ring = new Ring();

  Recency(GraphState state) {
    this.state = state;
  }

  /**
   * Milliseconds since the account's payment before the moment; not a number if none is remembered.
   * Of a payment that comes late, payments before its window are not told where a later one is
   * known already.
   */
  double dormantMs(Moment moment, int account) {
    long last = state.accounts.last(account);
    if (last <= moment.timeMs) {
      return last == Long.MIN_VALUE ? Double.NaN : (double) (moment.timeMs - last);
    }
    long newest =
        Math.min(newestAge(moment, account, Ring.OUT), newestAge(moment, account, Ring.IN));
    return newest < moment.border ? (double) (newest - moment.age) : Double.NaN;
  }

  /** Tells of a payment that is in the graph: earlier times alone count for dormancy. */
  void review(Moment moment, Findings findings) {
    findings.set(Pattern.SOURCE_DORMANT_MS, earlierMs(moment, moment.source));
    findings.set(Pattern.TARGET_DORMANT_MS, earlierMs(moment, moment.target));
    findings.set(Pattern.SOURCE_AGE_MS, ageMs(moment, moment.source));
    findings.set(Pattern.TARGET_AGE_MS, ageMs(moment, moment.target));
  }

  private double ageMs(Moment moment, int account) {
    return (double) (moment.timeMs - state.accounts.first(account));
  }

  private double earlierMs(Moment moment, int account) {
    long newest = Long.MAX_VALUE;
    for (int side = Ring.OUT; side <= Ring.IN; side++) {
      moment.open(state.adjacency, ring, account, side);
      int end = ring.olderThanOrAt(moment.age + 1);
      newest = end == 0 ? newest : Math.min(newest, ring.age(end - 1));
    }
    return newest < moment.border ? (double) (newest - moment.age) : Double.NaN;
  }

  /** Age of the newest payment of a side before the moment. */
  private long newestAge(Moment moment, int account, int side) {
    moment.open(state.adjacency, ring, account, side);
    int end = ring.olderThanOrAt(moment.age);
    return end == 0 ? Long.MAX_VALUE : ring.age(end - 1);
  }

  /** Counts the payment in hand to an account; milliseconds since its first one. */
  double touch(Moment moment, int account) {
    Accounts accounts = state.accounts;
    if (accounts.last(account) == Long.MIN_VALUE) {
      accounts.setFirst(account, moment.timeMs);
    }
    accounts.setFirst(account, Math.min(accounts.first(account), moment.timeMs));
    accounts.setLast(account, Math.max(accounts.last(account), moment.timeMs));
    return (double) (moment.timeMs - accounts.first(account));
  }
}
