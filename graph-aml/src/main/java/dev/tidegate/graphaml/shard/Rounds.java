package dev.tidegate.graphaml.shard;

import dev.tidegate.graphaml.temporal.GraphSettings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Whom a payment has to ask next. Each account is asked once a round, for no more than a search can
 * want, and gives all of it or, if there is more than its share of the steps, nothing. For one
 * thread.
 */
final class Rounds {
  /** Rounds of questions behind that to the two ends. */
  static final int COUNT = 3;

  private static final int LEAST_SHARE = 32;

  private final GraphSettings.Limits limits;
  private final Layers layers = new Layers();
  private final Peers sourcePayers = new Peers();
  private final Peers targetPayers = new Peers();
  private final Peers targetPayees = new Peers();

  Rounds(GraphSettings settings) {
    limits = settings.limits();
  }

  /**
   * The questions of a round.
   *
   * @param round 1 for the accounts around the ends, 2 for those who paid them, 3 for those on a
   *     way of six hops of whom nothing is known but that they are on it
   */
  List<Ask> asks(Inquiry inquiry, int round) {
    if (inquiry.sourceHub()) {
      return List.of();
    }
    return switch (round) {
      case 1 -> around(inquiry);
      case 2 -> upstream(inquiry);
      default -> between(inquiry);
    };
  }

  private List<Ask> around(Inquiry inquiry) {
    meet(inquiry);
    Set<Long> accounts = new LinkedHashSet<>();
    for (Peers peers : List.of(sourcePayers, targetPayers, targetPayees)) {
      for (int i = 0; i < peers.size(); i++) {
        if (!inquiry.isEnd(peers.account(i))) {
          accounts.add(peers.account(i));
        }
      }
    }
    List<Ask> asks = new ArrayList<>(accounts.size());
    int most = share(accounts.size());
    for (long account : accounts) {
      asks.add(around(inquiry, account, most));
    }
    return asks;
  }

  private void meet(Inquiry inquiry) {
    sourcePayers.clear();
    targetPayers.clear();
    targetPayees.clear();
    sourcePayers.putAll(inquiry.in(inquiry.about.source()));
    targetPayers.putAll(inquiry.in(inquiry.about.target()));
    targetPayees.putAll(inquiry.out(inquiry.about.target()));
  }

  private int share(int asked) {
    return Math.max(LEAST_SHARE, limits.searchSteps() / Math.max(1, asked));
  }

  /** Whether somebody other than the target paid the source. */
  private boolean hasOrigins(Inquiry inquiry) {
    return sourcePayers.size() > (sourcePayers.has(inquiry.about.target()) ? 1 : 0);
  }

  private Ask around(Inquiry inquiry, long account, int most) {
    int wants = 0;
    long inUntilMs = Ask.NOTHING_IN;
    long outSinceMs = Ask.NOTHING_OUT;
    int place = sourcePayers.find(account);
    if (place != Peers.NONE) {
      wants |= Ask.EACH_IN;
      inUntilMs = sourcePayers.latestMs(place);
    }
    place = targetPayers.find(account);
    if (place != Peers.NONE && inquiry.searches()) {
      if (hasOrigins(inquiry)) {
        inUntilMs = Math.max(inUntilMs, targetPayers.latestMs(place));
      }
      if (inquiry.out(inquiry.about.source()).size() > 1) {
        outSinceMs = Long.MIN_VALUE + 1;
      }
    }
    place = targetPayees.find(account);
    if (place != Peers.NONE
        && inquiry.searches()
        && hasOrigins(inquiry)
        && limits.cycleHops() > 2) {
      wants |= Ask.EACH_OUT;
      outSinceMs = Math.min(outSinceMs, targetPayees.earliestMs(place));
    }
    return new Ask(inquiry.about, account, wants, inUntilMs, outSinceMs, most);
  }

  private List<Ask> upstream(Inquiry inquiry) {
    meet(inquiry);
    layers.find(inquiry, 2);
    Peers second = layers.layer(1);
    List<Integer> asked = new ArrayList<>();
    for (int i = 0; i < second.size(); i++) {
      Reply known = inquiry.reply(second.account(i));
      if (known == null || (!known.is(Reply.HUB) && known.inUntilMs() < second.latestMs(i))) {
        asked.add(i);
      }
    }
    List<Ask> asks = new ArrayList<>(asked.size());
    int most = share(asked.size());
    for (int i : asked) {
      long account = second.account(i);
      long untilMs = second.latestMs(i);
      int place = targetPayers.find(account);
      if (place != Peers.NONE) {
        untilMs = Math.max(untilMs, targetPayers.latestMs(place));
      }
      asks.add(new Ask(inquiry.about, account, Ask.EACH_IN, untilMs, Ask.NOTHING_OUT, most));
    }
    return asks;
  }

  /** Accounts two payments behind the target and three before the source, if they are hubs. */
  private List<Ask> between(Inquiry inquiry) {
    if (!inquiry.searches() || limits.cycleHops() < GraphSettings.COUNTED_HOPS) {
      return List.of();
    }
    meet(inquiry);
    layers.find(inquiry, Layers.COUNT);
    Peers third = layers.layer(2);
    Set<Long> accounts = new LinkedHashSet<>();
    for (int p = 0; p < targetPayees.size() && third.size() > 0; p++) {
      Trail out = inquiry.out(targetPayees.account(p));
      for (int i = 0; i < out.size(); i++) {
        int place = third.find(out.peer(i));
        if (place != Peers.NONE
            && third.latestMs(place) >= out.timeMs(i)
            && inquiry.reply(out.peer(i)) == null) {
          accounts.add(out.peer(i));
        }
      }
    }
    List<Ask> asks = new ArrayList<>(accounts.size());
    for (long account : accounts) {
      asks.add(new Ask(inquiry.about, account, 0, Ask.NOTHING_IN, Ask.NOTHING_OUT, 0));
    }
    return asks;
  }
}
