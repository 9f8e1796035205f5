package dev.tidegate.graphaml.temporal;

import java.util.ArrayList;
import java.util.List;

/**
 * A multigraph of payments between accounts over a sliding window, that tells about each payment as
 * it comes what patterns it is part of, as of its moment: of payments that had come by then, those
 * with no later time.
 *
 * <ul>
 *   <li>Equal times stand in the order in which they came, and each sees those before it.
 *   <li>A payment behind the newest is put in at its time and answered as of its time; one behind
 *       by more than the disorder of the settings is refused. Answers given are never changed.
 *   <li>A repeat (same id, source and time) changes nothing.
 *   <li>Parallel payments are payments of their own. One from an account to itself counts in counts
 *       and amounts of both sides and is no part of a pattern.
 *   <li>A hub is counted, its many peers are estimated, and no search looks into it.
 * </ul>
 *
 * <p>Deterministic: the same calls give the same answers. Memory follows the payments within window
 * and disorder and the accounts remembered; numbers of forgotten accounts are used again. A payment
 * costs its ends' payments in the window and what the searches look at, bounded by the settings.
 * For one thread.
 */
public final class TemporalGraph {
  private final GraphSettings settings;
  private final SignalLayout layout;
  private final GraphState state;
  private final Expiry expiry;
  private final Recency recency;
  private final EndSignals ends;
  private final PassThrough passThrough;
  private final Upstream upstream;
  private final CycleSearch cycles;
  private final MiddlemenSearch middlemen;
  private final BicliqueSearch bicliques;
  private final Components components;
  private final AccountMemory memory;
  private final Trail trail;
  private final Moment moment = new Moment();
  private final Findings unread;
  private boolean joined;

  /** An empty graph. */
  public TemporalGraph(GraphSettings settings) {
    this.settings = settings;
    layout = new SignalLayout(settings);
    unread = new Findings(layout);
    state = new GraphState(settings);
    expiry = new Expiry(state);
    recency = new Recency(state);
    ends = new EndSignals(state);
    passThrough = new PassThrough(state);
    upstream = new Upstream(state);
    cycles = new CycleSearch(state, upstream);
    middlemen = new MiddlemenSearch(state);
    bicliques = new BicliqueSearch(state);
    components = new Components(state.accounts, settings.horizons().epochMs());
    memory = new AccountMemory(state, expiry, this::numberOf);
    trail = new Trail(state);
  }

  /** Names and places of the signals. */
  public SignalLayout layout() {
    return layout;
  }

  /** Lists an account as a hub (a merchant, the bank's treasury), or takes it off the list. */
  public void listHub(long account, boolean hub) {
    state.hubs.list(account, hub);
  }

  /** Marks an account as risky for the share of its component, or takes the mark away. */
  public void markRisky(long account, boolean risky) {
    components.mark(account, risky);
  }

  /**
   * Puts a payment in and finds its signals.
   *
   * @param findings overwritten; all zero and empty unless the outcome is {@link Outcome#ADDED}
   * @throws IllegalArgumentException if the currency is none of the settings
   */
  public Outcome add(Payment payment, Findings findings) {
    findings.clear();
    Outcome outcome = insert(payment, Joining.ASKED, findings);
    if (outcome == Outcome.ADDED) {
      find(findings);
    }
    return outcome;
  }

  /**
   * Puts a payment in without looking for anything: to build a graph again from payments that were
   * answered before. What follows is answered as if they had gone through {@link #add}.
   *
   * @throws IllegalArgumentException as {@link #add}
   */
  public Outcome restore(Payment payment) {
    return insert(payment, Joining.ASKED, unread);
  }

  /**
   * The same for a graph that is built again from the payments of its windows alone, so that hubs
   * of before may not be known: whether the payment joined its ends' components is told, not asked.
   *
   * @param joinedThen what {@link #joined} said once the payment had been added
   */
  public Outcome restore(Payment payment, boolean joinedThen) {
    return insert(payment, joinedThen ? Joining.JOINS : Joining.NOT, unread);
  }

  /** Whether the payment that came last joined the components of its ends. */
  public boolean joined() {
    return joined;
  }

  /** Whether a payment joins components: asked of its ends, or known from before. */
  private enum Joining {
    ASKED,
    JOINS,
    NOT
  }

  /** The largest time of a payment so far; the smallest long if there was none. */
  public long newestMs() {
    return expiry.newestMs();
  }

  /** Lets time go on without a payment: to build a graph again, before {@link #restore}. */
  public void advance(long newestMs) {
    expiry.advance(newestMs);
    components.advance(expiry.newestMs());
  }

  /** What is remembered of accounts beside their payments, to keep it and to tell it again. */
  public AccountMemory memory() {
    return memory;
  }

  /**
   * Finds the signals of a payment that is in the graph already, again: as of its time, over all
   * payments that have come by now with no later time. So of payments of one time, once all of them
   * are in, each sees all others, in whatever order they came: for data whose times are whole days.
   * Two signals are told otherwise than by {@link #add}: dormancy is since the payment before that
   * has an earlier time, within the longest window, and a component grows by nothing. Payments are
   * not remembered by this.
   *
   * @param findings overwritten
   * @throws IllegalArgumentException if the payment is not in the graph, or left it
   */
  public void review(Payment payment, Findings findings) {
    findings.clear();
    CurrencyRule currency = currencyOf(payment);
    if (expiry.tooLate(payment.timeMs()) || !holds(payment)) {
      throw new IllegalArgumentException("payment " + payment.id() + " is not in the graph");
    }
    take(payment, currency);
    recency.review(moment, findings);
    findings.set(Pattern.ROUND_AMOUNT, currency.round(payment.amountMinor()) ? 1 : 0);
    findings.set(Pattern.UNDER_LIMIT, currency.justUnder(payment.amountMinor()) ? 1 : 0);
    moment.sourceHub = state.hubs.hub(moment, moment.source);
    moment.targetHub = state.hubs.hub(moment, moment.target);
    components.add(moment, false, findings);
    find(findings);
  }

  private boolean holds(Payment payment) {
    int source = state.accounts.find(payment.source());
    return source != Accounts.NONE
        && state.adjacency.holds(
            source, (int) expiry.newestMs(), expiry.newestMs() - payment.timeMs(), payment.id());
  }

  private Outcome insert(Payment payment, Joining joining, Findings findings) {
    CurrencyRule currency = currencyOf(payment);
    if (expiry.tooLate(payment.timeMs())) {
      return Outcome.TOO_LATE;
    }
    expiry.advance(payment.timeMs());
    components.advance(expiry.newestMs());
    take(payment, currency);
    if (state.adjacency.holds(moment.source, moment.newest, moment.age, payment.id())) {
      return Outcome.REPEATED;
    }
    tellRecency(findings);
    insert(payment, currency, findings);
    joined =
        joining == Joining.ASKED
            ? moment.source != moment.target && !moment.sourceHub && !moment.targetHub
            : joining == Joining.JOINS;
    components.add(moment, joined, findings);
    expiry.walk();
    return Outcome.ADDED;
  }

  private CurrencyRule currencyOf(Payment payment) {
    if (payment.currency() < 0 || payment.currency() >= settings.currencies().size()) {
      throw new IllegalArgumentException(
          "currency " + payment.currency() + " is not one of the settings' currencies");
    }
    return settings.currencies().get(payment.currency());
  }

  private void take(Payment payment, CurrencyRule currency) {
    moment.newest = (int) expiry.newestMs();
    moment.paymentId = payment.id();
    moment.timeMs = payment.timeMs();
    moment.age = expiry.newestMs() - payment.timeMs();
    moment.border = moment.age + settings.patternWindow().ms();
    moment.value = currency.value(payment.amountMinor());
    moment.source = numberOf(payment.source());
    moment.target = numberOf(payment.target());
  }

  private int numberOf(long key) {
    int account = state.accounts.find(key);
    if (account == Accounts.NONE) {
      account = state.accounts.assign(key);
      state.accounts.setLast(account, Long.MIN_VALUE);
      state.adjacency.reserve(account);
      state.hubs.assigned(account, key);
      components.assigned(account, key);
    } else if (expiry.forgotten(account)) {
      state.accounts.setLast(account, Long.MIN_VALUE);
    }
    expiry.trim(account);
    return account;
  }

  private void tellRecency(Findings findings) {
    findings.set(Pattern.SOURCE_DORMANT_MS, recency.dormantMs(moment, moment.source));
    findings.set(Pattern.TARGET_DORMANT_MS, recency.dormantMs(moment, moment.target));
    findings.set(Pattern.SOURCE_AGE_MS, recency.touch(moment, moment.source));
    findings.set(Pattern.TARGET_AGE_MS, recency.touch(moment, moment.target));
  }

  private void insert(Payment payment, CurrencyRule currency, Findings findings) {
    boolean round = currency.round(payment.amountMinor());
    boolean under = currency.justUnder(payment.amountMinor());
    findings.set(Pattern.ROUND_AMOUNT, round ? 1 : 0);
    findings.set(Pattern.UNDER_LIMIT, under ? 1 : 0);
    insert(moment.source, Ring.OUT, moment.target, round, under);
    insert(moment.target, Ring.IN, moment.source, round, under);
    moment.sourceHub = state.hubs.hub(moment, moment.source);
    moment.targetHub = state.hubs.hub(moment, moment.target);
  }

  private void insert(int account, int side, int peer, boolean round, boolean under) {
    long word = Ring.wordOf(moment.timeMs, peer, round, under);
    state.adjacency.insert(account, side, moment.newest, word, moment.value, moment.paymentId);
    state.hubs.added(account, side, moment, peer);
  }

  private void find(Findings findings) {
    ends.find(moment, findings);
    passThrough.find(moment, findings);
    if (settings.limits().followsMoney()) {
      trail.find(moment, findings);
    }
    upstream.find(moment, ends.sourceIn.peers, findings);
    cycles.find(moment, findings);
    middlemen.find(moment, upstream.payers(), ends.targetIn.peers, findings);
    bicliques.find(moment, ends.sourceOut.peers, ends.targetIn.peers, findings);
  }

  /**
   * Payments out of an account within the longest window before the newest payment, the newest
   * first: what a fan-out or the second half of a gather-scatter is made of.
   *
   * @param most at most so many are told
   */
  public List<Hop> paymentsOut(long account, int most) {
    List<Hop> hops = new ArrayList<>();
    int number = state.accounts.find(account);
    if (number == Accounts.NONE) {
      return hops;
    }
    Ring ring = new Ring();
    state.adjacency.open(ring, number, Ring.OUT, (int) expiry.newestMs());
    for (int i = ring.size - 1; i >= 0 && hops.size() < most; i--) {
      if (ring.age(i) < settings.patternWindow().ms()) {
        hops.add(hop(ring, i, account));
      }
    }
    return hops;
  }

  /**
   * Payments into an account, as {@link #paymentsOut}: what a fan-in or the first half of a
   * gather-scatter is made of.
   */
  public List<Hop> paymentsIn(long account, int most) {
    List<Hop> hops = new ArrayList<>();
    int number = state.accounts.find(account);
    if (number == Accounts.NONE) {
      return hops;
    }
    Ring ring = new Ring();
    Ring out = new Ring();
    PeerMap looked = new PeerMap();
    state.adjacency.open(ring, number, Ring.IN, (int) expiry.newestMs());
    for (int i = ring.size - 1; i >= 0 && looked.size() < most; i--) {
      int payer = Ring.peer(ring.word(i));
      if (ring.age(i) < settings.patternWindow().ms() && !looked.has(payer)) {
        looked.put(payer, 0);
        state.adjacency.open(out, payer, Ring.OUT, (int) expiry.newestMs());
        for (int j = out.size - 1; j >= 0; j--) {
          if (Ring.peer(out.word(j)) == number && out.age(j) < settings.patternWindow().ms()) {
            hops.add(hop(out, j, state.accounts.key(payer)));
          }
        }
      }
    }
    hops.sort((left, right) -> Long.compare(right.timeMs(), left.timeMs()));
    return List.copyOf(hops.subList(0, Math.min(most, hops.size())));
  }

  /** A payment as the graph keeps it. */
  public Hop hop(Payment payment) {
    long value = currencyOf(payment).value(payment.amountMinor());
    return new Hop(payment.id(), payment.source(), payment.target(), payment.timeMs(), value);
  }

  private Hop hop(Ring ring, int i, long from) {
    return new Hop(
        ring.id(i),
        from,
        state.accounts.key(Ring.peer(ring.word(i))),
        expiry.newestMs() - ring.age(i),
        ring.value(i));
  }

  /**
   * Follows the money of a payment back: the newest payment into its payer that is the same money
   * and no less of it, then the newest such into the payer of that, and so on.
   *
   * @param payment the one that was added last
   * @param waitMs how long an account may have kept the money
   * @param most payments at most, the payment itself among them
   * @return oldest first, the payment last; no account twice, no hub between; the payment alone if
   *     nothing leads to it
   */
  public List<Hop> trail(Payment payment, long waitMs, int most) {
    return trail.back(moment, payment, waitMs, most);
  }

  /** Accounts that are remembered. */
  public int accounts() {
    return state.accounts.count();
  }

  /** Bytes that the graph's arrays take, room to spare counted in. */
  public long bytes() {
    return state.adjacency.bytes()
        + state.accounts.bytes()
        + state.hubs.bytes()
        + components.bytes();
  }
}
