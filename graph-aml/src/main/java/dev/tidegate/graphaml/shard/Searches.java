package dev.tidegate.graphaml.shard;

import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Hop;
import dev.tidegate.graphaml.temporal.Pattern;
import dev.tidegate.graphaml.temporal.SignalLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * The searches around a payment, over the answers that have come: upstream layers, cycles,
 * middlemen and bipartite parts, as the graph's kernel defines them. For one thread.
 */
final class Searches {
  private static final Pattern[] SIZES = {
    Pattern.UPSTREAM_1, Pattern.UPSTREAM_2, Pattern.UPSTREAM_3
  };

  private final SignalLayout layout;
  private final Layers layers = new Layers();
  private final CycleSearch cycles;
  private final Peers targetPayers = new Peers();
  private final Peers sourcePayees = new Peers();
  private final Peers shared = new Peers();

  Searches(GraphSettings settings) {
    layout = new SignalLayout(settings);
    cycles = new CycleSearch(settings, layout, layers);
  }

  /** Everything about the payment. */
  Found find(Inquiry inquiry) {
    List<List<Hop>> paths = new ArrayList<>();
    List<Hop> middlemen = new ArrayList<>();
    Transfer at = inquiry.about;
    set(inquiry, Pattern.TOUCHES_HUB, touchesHub(inquiry) ? 1 : 0);
    layers.find(inquiry, Layers.COUNT);
    upstream(inquiry);
    cycles.find(inquiry, paths);
    targetPayers.clear();
    targetPayers.putAll(inquiry.in(at.target()));
    if (inquiry.searches()) {
      middlemen(inquiry, middlemen);
      bipartite(inquiry);
    }
    set(inquiry, Pattern.SEARCH_DROPPED, inquiry.dropped);
    return new Found(
        at.id(),
        at.source(),
        at.target(),
        at.timeMs(),
        inquiry.values,
        paths,
        middlemen,
        inquiry.late,
        inquiry.cut);
  }

  private void set(Inquiry inquiry, Pattern pattern, double value) {
    inquiry.values[layout.place(pattern)] = value;
  }

  private static boolean touchesHub(Inquiry inquiry) {
    long source = inquiry.about.source();
    long target = inquiry.about.target();
    return inquiry.hub(source)
        || inquiry.hub(target)
        || anyHub(inquiry, inquiry.in(source))
        || anyHub(inquiry, inquiry.in(target))
        || anyHub(inquiry, inquiry.out(target));
  }

  private static boolean anyHub(Inquiry inquiry, Trail trail) {
    for (int i = 0; i < trail.size(); i++) {
      if (inquiry.hub(trail.peer(i))) {
        return true;
      }
    }
    return false;
  }

  private void upstream(Inquiry inquiry) {
    int wide = 0;
    for (int k = 0; k < Layers.COUNT; k++) {
      set(inquiry, SIZES[k], layers.layer(k).size());
      wide += wide == k && layers.layer(k).size() > 1 ? 1 : 0;
    }
    set(inquiry, Pattern.STACK_LAYERS, wide);
  }

  /** Counts for each payer of the source the accounts through which it reached the target. */
  private void middlemen(Inquiry inquiry, List<Hop> hops) {
    Peers origins = layers.layer(0);
    if (origins.size() == 0) {
      return;
    }
    int[] counts = new int[origins.size()];
    int[] lastCounted = new int[origins.size()];
    for (int m = 0; m < targetPayers.size(); m++) {
      Trail in = inquiry.in(targetPayers.account(m));
      for (int i = in.until(targetPayers.latestMs(m)) - 1; i >= 0; i--) {
        int origin = origins.find(in.peer(i));
        if (origin != Peers.NONE && lastCounted[origin] != m + 1) {
          lastCounted[origin] = m + 1;
          counts[origin]++;
        }
      }
    }
    int best = 0;
    int several = 0;
    for (int o = 0; o < counts.length; o++) {
      best = counts[o] > counts[best] ? o : best;
      several += counts[o] > 1 ? 1 : 0;
    }
    set(inquiry, Pattern.SCATTER_GATHER, counts[best]);
    set(inquiry, Pattern.SCATTER_GATHER_ORIGINS, several);
    if (counts[best] > 1) {
      list(inquiry, origins.account(best), hops);
    }
  }

  /** Lists what the origin paid each middleman, and each paid on: the latest that fit. */
  private void list(Inquiry inquiry, long origin, List<Hop> hops) {
    Trail paidOn = inquiry.in(inquiry.about.target());
    for (int m = 0; m < targetPayers.size(); m++) {
      long middleman = targetPayers.account(m);
      Trail in = inquiry.in(middleman);
      int i = in.until(targetPayers.latestMs(m)) - 1;
      while (i >= 0 && in.peer(i) != origin) {
        i--;
      }
      if (i >= 0) {
        hops.add(hop(in, i, origin, middleman));
        int on = paidOn.size() - 1;
        while (paidOn.peer(on) != middleman) {
          on--;
        }
        hops.add(hop(paidOn, on, middleman, inquiry.about.target()));
      }
    }
  }

  static Hop hop(Trail trail, int i, long from, long to) {
    return new Hop(trail.id(i), from, to, trail.timeMs(i), trail.value(i));
  }

  /** Other payers of the target that share another payee with the source. */
  private void bipartite(Inquiry inquiry) {
    sourcePayees.clear();
    sourcePayees.putAll(inquiry.out(inquiry.about.source()));
    shared.clear();
    int sharing = 0;
    for (int p = 0; p < targetPayers.size() && sourcePayees.size() > 1; p++) {
      long payer = targetPayers.account(p);
      if (payer != inquiry.about.source()) {
        sharing += shares(inquiry, payer) ? 1 : 0;
      }
    }
    set(inquiry, Pattern.BIPARTITE_PAYERS, sharing);
    set(inquiry, Pattern.BIPARTITE_PAYEES, shared.size());
  }

  private boolean shares(Inquiry inquiry, long payer) {
    Trail out = inquiry.out(payer);
    boolean shares = false;
    for (int i = 0; i < out.size(); i++) {
      long payee = out.peer(i);
      if (payee != inquiry.about.target() && sourcePayees.has(payee)) {
        shared.put(payee, out.timeMs(i));
        shares = true;
      }
    }
    return shares;
  }
}
