package dev.tidegate.graphaml.shard;

import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Pattern;
import dev.tidegate.graphaml.temporal.SignalLayout;
import org.jspecify.annotations.Nullable;

/**
 * Accounts keeping payments and answering about them, from their own ledgers alone. Costs the
 * payments of the account that are looked at, a hub's degree at most a side. For one thread.
 */
final class AccountAnswers {
  private final ShardSettings settings;
  private final GraphSettings graph;
  private final int hubDegree;
  private final long windowMs;
  private final EndSignals ends;
  private final SignalList signals;
  private final Peers peers = new Peers();

  AccountAnswers(ShardSettings settings) {
    this.settings = settings;
    graph = settings.graph();
    hubDegree = graph.limits().hubDegree();
    windowMs = graph.patternWindow().ms();
    ends = new EndSignals(graph);
    signals = new SignalList(new SignalLayout(graph));
  }

  /**
   * Keeps the payment, if it is the account's, and answers what is wanted.
   *
   * @param late whether the payment came behind the watermark
   * @return null for a payment that is only kept, and for one that was kept before
   */
  @Nullable Reply answer(Ledger ledger, Ask ask, boolean late) {
    Transfer at = ask.about();
    ledger.forget(at.timeMs() - retentionMs(), hubDegree);
    if (!ask.wants(Ask.KEEP)) {
      return neighbour(ledger, ask, late);
    }
    signals.clear();
    recency(ledger, ask);
    if (!keep(ledger, ask)) {
      return null;
    }
    return ask.wants(Ask.ENDS) ? end(ledger, ask, late) : null;
  }

  /** For how long payments are kept. */
  long retentionMs() {
    return windowMs + graph.horizons().disorderMs();
  }

  /** When an account that is not paid and does not pay may be forgotten. */
  long forgottenAtMs(Ledger ledger) {
    return ledger.lastMs + Math.max(retentionMs(), graph.horizons().memoryMs());
  }

  private void recency(Ledger ledger, Ask ask) {
    Transfer at = ask.about();
    boolean known =
        ledger.lastMs != Ledger.NEVER && ledger.lastMs >= at.timeMs() - graph.horizons().memoryMs();
    double dormantMs = known ? dormantMs(ledger, at) : Double.NaN;
    double ageMs = known ? Math.max(0.0, (double) (at.timeMs() - ledger.firstMs)) : 0;
    if (ask.account() == at.source()) {
      signals.set(Pattern.SOURCE_DORMANT_MS, dormantMs);
      signals.set(Pattern.SOURCE_AGE_MS, ageMs);
    }
    if (ask.account() == at.target()) {
      signals.set(Pattern.TARGET_DORMANT_MS, dormantMs);
      signals.set(Pattern.TARGET_AGE_MS, ageMs);
    }
  }

  private double dormantMs(Ledger ledger, Transfer at) {
    if (ledger.lastMs <= at.timeMs()) {
      return (double) (at.timeMs() - ledger.lastMs);
    }
    long newest = Ledger.NEVER;
    for (Side side : ledger.sides) {
      int before = side.count(at.timeMs(), at.id());
      newest = before == 0 ? newest : Math.max(newest, side.timeMs(before - 1));
    }
    return newest > at.timeMs() - windowMs ? (double) (at.timeMs() - newest) : Double.NaN;
  }

  private boolean keep(Ledger ledger, Ask ask) {
    Transfer at = ask.about();
    if (ask.account() == at.source() && !ledger.add(at, Ledger.OUT)) {
      return false;
    }
    if (ask.account() == at.target() && !ledger.add(at, Ledger.IN)) {
      return false;
    }
    if (ledger.lastMs == Ledger.NEVER
        || ledger.lastMs < at.timeMs() - graph.horizons().memoryMs()) {
      ledger.firstMs = at.timeMs();
      ledger.lastMs = at.timeMs();
    }
    ledger.firstMs = Math.min(ledger.firstMs, at.timeMs());
    ledger.lastMs = Math.max(ledger.lastMs, at.timeMs());
    return true;
  }

  private boolean hub(Ledger ledger, Ask ask) {
    int degree = 0;
    for (Side side : ledger.sides) {
      degree += end(side, ask) - side.until(ask.about().timeMs() - windowMs);
    }
    return degree > hubDegree
        || (!settings.hubs().isEmpty() && settings.hubs().contains(ask.account()));
  }

  private static int end(Side side, Ask ask) {
    return side.count(ask.about().timeMs(), ask.about().id());
  }

  /** An end of the payment: what it can tell itself, and its payments for the searches. */
  private Reply end(Ledger ledger, Ask ask, boolean late) {
    Transfer at = ask.about();
    boolean hub = hub(ledger, ask);
    boolean source = ask.account() == at.source();
    if (source) {
      ends.source(ledger, at, hub, signals);
    }
    if (ask.account() == at.target()) {
      ends.target(ledger, at, hub, signals);
    }
    long sinceMs = at.timeMs() - windowMs;
    return new Reply(
        at,
        ask.account(),
        state(hub, late) | Reply.ENDS,
        signals.toArray(),
        hub ? Trail.EMPTY : trail(ledger, Ledger.IN, ask, source, sinceMs, at.timeMs()),
        hub ? Trail.EMPTY : trail(ledger, Ledger.OUT, ask, !source, sinceMs, at.timeMs()),
        at.timeMs(),
        0);
  }

  private static int state(boolean hub, boolean late) {
    return (hub ? Reply.HUB : 0) | (late ? Reply.LATE : 0);
  }

  /** Payments after one time and up to another. */
  private Trail trail(Ledger ledger, int which, Ask ask, boolean each, long sinceMs, long untilMs) {
    Side side = ledger.sides[which];
    int from = side.until(sinceMs);
    int to = Math.min(end(side, ask), side.until(untilMs));
    if (to <= from) {
      return Trail.EMPTY;
    }
    return each ? side.trail(from, to, ask.account()) : side.latest(from, to, ask.account(), peers);
  }

  /** Another account: whether it is a hub, and the payments that were asked for. */
  private Reply neighbour(Ledger ledger, Ask ask, boolean late) {
    Transfer at = ask.about();
    boolean hub = hub(ledger, ask);
    Trail in = Trail.EMPTY;
    Trail out = Trail.EMPTY;
    long sinceMs = at.timeMs() - windowMs;
    long inUntilMs = Ask.NOTHING_IN;
    int dropped = 0;
    if (!hub && ask.inUntilMs() != Ask.NOTHING_IN) {
      in = trail(ledger, Ledger.IN, ask, ask.wants(Ask.EACH_IN), sinceMs, ask.inUntilMs());
      inUntilMs = ask.wants(Ask.EACH_IN) ? ask.inUntilMs() : Ask.NOTHING_IN;
    }
    if (!hub && ask.outSinceMs() != Ask.NOTHING_OUT) {
      long afterMs = Math.max(sinceMs, ask.outSinceMs() - 1);
      out = trail(ledger, Ledger.OUT, ask, ask.wants(Ask.EACH_OUT), afterMs, at.timeMs());
    }
    if (in.size() + out.size() > ask.most()) {
      dropped = in.size() + out.size();
      in = Trail.EMPTY;
      out = Trail.EMPTY;
    }
    return new Reply(
        at, ask.account(), state(hub, late), Reply.NO_SIGNALS, in, out, inUntilMs, dropped);
  }
}
