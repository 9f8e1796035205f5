package dev.tidegate.graphaml.temporal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Money followed back through accounts that passed it on. Greedy: of several payments that fit the
 * newest is taken, and no other is tried. Cost is the payments into each account of the trail, a
 * hub's degree of each at most.
 */
final class Trail {
  private final GraphState state;
  private final Ring in = new Ring();
  private final Ring out = new Ring();

  Trail(GraphState state) {
    this.state = state;
  }

  /** As {@link TemporalGraph#trail}. */
  List<Hop> back(Moment moment, Payment payment, long waitMs, int most) {
    List<Hop> hops = new ArrayList<>();
    List<Integer> accounts = new ArrayList<>(List.of(moment.target));
    long source = state.accounts.key(moment.source);
    long target = state.accounts.key(moment.target);
    Hop hop = new Hop(payment.id(), source, target, payment.timeMs(), moment.value);
    int account = moment.source;
    while (hop != null) {
      hops.add(hop);
      accounts.add(account);
      boolean ends = hops.size() >= most || state.hubs.hub(moment, account);
      hop = ends ? null : before(moment, hop, accounts, waitMs);
      account = hop == null ? account : state.accounts.find(hop.from());
    }
    Collections.reverse(hops);
    return hops;
  }

  /** The newest payment that can have brought the money of a payment, from nobody of the trail. */
  private @Nullable Hop before(Moment moment, Hop hop, List<Integer> accounts, long waitMs) {
    int account = accounts.get(accounts.size() - 1);
    long newestMs = moment.timeMs + moment.age;
    long age = newestMs - hop.timeMs();
    moment.open(state.adjacency, in, account, Ring.IN);
    int end = in.olderThanOrAt(age);
    for (int i = end - 1; i >= Math.max(0, end - state.hubs.degree()); i--) {
      if (in.age(i) - age > waitMs || in.age(i) >= moment.border) {
        return null;
      }
      int payer = Ring.peer(in.word(i));
      long value = in.value(i);
      if (value >= hop.value()
          && state.settings.sameMoney(value, hop.value())
          && !accounts.contains(payer)) {
        return hop(moment, payer, account, in.age(i), value);
      }
    }
    return null;
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
