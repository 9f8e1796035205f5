package dev.tidegate.graphaml.temporal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Money followed back through accounts that passed it on: of several payments that fit the newest
 * is taken, and no other is tried. No account twice, and none before a hub. Cost is the payments
 * into each account of the trail, a hub's degree of each at most.
 *
 * <p>As signals, where the settings ask for them, it is followed through at most {@value
 * #MOST_HOPS} payments within the longest window. Money that was passed on again and again, and
 * that soon, is what layering leaves; the first payment of a layering looks like any other.
 */
final class Trail {
  /** Payments that signals look back through at most. */
  static final int MOST_HOPS = 12;

  private static final int NONE = -1;

  private final GraphState state;
  private final Ring in = new Ring();
  private final Ring out = new Ring();
  private int[] path = new int[MOST_HOPS + 2];
  private int accounts;

  Trail(GraphState state) {
    this.state = state;
  }

  /** As {@link TemporalGraph#trail}. */
  List<Hop> back(Moment moment, Payment payment, long waitMs, int most) {
    begin(moment);
    long source = state.accounts.key(moment.source);
    long target = state.accounts.key(moment.target);
    List<Hop> hops = new ArrayList<>();
    hops.add(new Hop(payment.id(), source, target, payment.timeMs(), moment.value));
    long age = moment.age;
    long value = moment.value;
    while (hops.size() < most) {
      int account = path[accounts - 1];
      int i = before(moment, age, value, waitMs, false);
      if (i == NONE) {
        break;
      }
      age = in.age(i);
      value = in.value(i);
      hops.add(hop(moment, path[accounts - 1], account, age, value));
    }
    Collections.reverse(hops);
    return hops;
  }

  /** Sets the signals of the trail of the payment in hand. */
  void find(Moment moment, Findings findings) {
    begin(moment);
    int hops = 0;
    double share = Double.NaN;
    double sinceMs = Double.NaN;
    long age = moment.age;
    long value = moment.value;
    for (; hops < MOST_HOPS && moment.source != moment.target; hops++) {
      int i = before(moment, age, value, moment.border, true);
      if (i == NONE) {
        break;
      }
      age = in.age(i);
      value = in.value(i);
      share = hops == 0 ? share(moment, value) : share;
      sinceMs = hops == 0 ? age - moment.age : sinceMs;
    }
    findings.set(Pattern.TRAIL_HOPS, hops);
    findings.set(Pattern.TRAIL_SHARE, share);
    findings.set(Pattern.TRAIL_SINCE_MS, sinceMs);
    findings.set(Pattern.TRAIL_ORIGIN_SHARE, hops == 0 ? Double.NaN : share(moment, value));
    findings.set(Pattern.TRAIL_ORIGIN_MS, hops == 0 ? Double.NaN : age - moment.age);
  }

  /** Of an amount of nothing there is no share. */
  private static double share(Moment moment, long value) {
    return value == 0 ? Double.NaN : (double) moment.value / value;
  }

  private void begin(Moment moment) {
    path[0] = moment.target;
    path[1] = moment.source;
    accounts = 2;
  }

  /**
   * The newest payment that can have brought the money of a payment of an age and value out of the
   * account that the path has come to, from nobody on the path. Its payer is put on the path.
   *
   * @param anyOrder of several of one time takes that of the least value, then that of the payer
   *     with the least key, so that their order means nothing; else the one that came last
   * @return its place in {@link #in}, or NONE
   */
  private int before(Moment moment, long age, long value, long waitMs, boolean anyOrder) {
    int account = path[accounts - 1];
    if (state.hubs.hub(moment, account)) {
      return NONE;
    }
    moment.open(state.adjacency, in, account, Ring.IN);
    int end = in.olderThanOrAt(age);
    int found = NONE;
    for (int i = end - 1; i >= Math.max(0, end - state.hubs.degree()); i--) {
      boolean beyond = in.age(i) - age > waitMs || in.age(i) >= moment.border;
      if (beyond || (found != NONE && (!anyOrder || in.age(i) > in.age(found)))) {
        break;
      }
      if (fits(i, value) && (found == NONE || isBefore(i, found))) {
        found = i;
      }
    }
    if (found != NONE) {
      extend(Ring.peer(in.word(found)));
    }
    return found;
  }

  private boolean fits(int i, long value) {
    return in.value(i) >= value
        && state.settings.sameMoney(in.value(i), value)
        && !isOnPath(Ring.peer(in.word(i)));
  }

  private boolean isBefore(int left, int right) {
    int byValue = Long.compare(in.value(left), in.value(right));
    return byValue < 0 || (byValue == 0 && payer(left) < payer(right));
  }

  private long payer(int i) {
    return state.accounts.key(Ring.peer(in.word(i)));
  }

  private boolean isOnPath(int account) {
    for (int i = 0; i < accounts; i++) {
      if (path[i] == account) {
        return true;
      }
    }
    return false;
  }

  private void extend(int account) {
    if (accounts == path.length) {
      path = Arrays.copyOf(path, 2 * accounts);
    }
    path[accounts++] = account;
  }

  /** The payment between two accounts at an age and of a value, with its id. */
  private Hop hop(Moment moment, int from, int to, long age, long value) {
    moment.open(state.adjacency, out, from, Ring.OUT);
    int i = out.olderThanOrAt(age) - 1;
    while (Ring.peer(out.word(i)) != to || out.value(i) != value) {
      i--;
    }
    return new Hop(
        out.id(i),
        state.accounts.key(from),
        state.accounts.key(to),
        moment.timeMs + moment.age - age,
        value);
  }
}
