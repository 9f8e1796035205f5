package dev.tidegate.graphaml.shard;

import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Hop;
import dev.tidegate.graphaml.temporal.Pattern;
import dev.tidegate.graphaml.temporal.SignalLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cycles that a payment closes, met in the middle: the target tells the first payments, its payees
 * the second, and what follows is known from who paid the source and who paid these. Depth first,
 * the newest payment first, in the order of the graph's kernel, so that the same cycles are listed.
 */
final class CycleSearch {
  private static final Pattern[] COUNTS = {
    Pattern.CYCLES_2, Pattern.CYCLES_3, Pattern.CYCLES_4, Pattern.CYCLES_5, Pattern.CYCLES_6
  };
  private static final int SHORTEST = 2;
  private static final int TOLD_FORWARD = 2;

  private final GraphSettings settings;
  private final SignalLayout layout;
  private final Layers layers;
  private final Steps steps = new Steps();
  private final Map<Long, Trail> backward = new HashMap<>();
  private final long[] path = new long[GraphSettings.COUNTED_HOPS];
  private final Trail[] trails = new Trail[GraphSettings.COUNTED_HOPS];
  private final int[] entries = new int[GraphSettings.COUNTED_HOPS];
  private final int[] counts = new int[COUNTS.length];
  private int found;
  private int conserved;

  CycleSearch(GraphSettings settings, SignalLayout layout, Layers layers) {
    this.settings = settings;
    this.layout = layout;
    this.layers = layers;
  }

  /** Finds the cycles, once the layers are known; lists the first of them. */
  void find(Inquiry inquiry, List<List<Hop>> listed) {
    steps.renew(settings.limits().searchSteps());
    Arrays.fill(counts, 0);
    found = 0;
    conserved = 0;
    if (inquiry.searches()) {
      turn(inquiry);
      path[0] = inquiry.about.target();
      follow(inquiry, 0, Long.MIN_VALUE, listed);
    }
    for (int i = 0; i < COUNTS.length; i++) {
      inquiry.values[layout.place(COUNTS[i])] = counts[i];
    }
    inquiry.values[layout.place(Pattern.CYCLES_CONSERVED)] = conserved;
    inquiry.values[layout.place(Pattern.CYCLES_UNLISTED)] = found - listed.size();
    inquiry.dropped += steps.dropped();
  }

  /** Turns payments into the source and the accounts upstream of it into payments out of others. */
  private void turn(Inquiry inquiry) {
    Map<Long, List<long[]>> byPayer = new HashMap<>();
    turn(inquiry, inquiry.about.source(), byPayer);
    for (int i = 0; i < layers.layer(0).size(); i++) {
      turn(inquiry, layers.layer(0).account(i), byPayer);
    }
    for (int i = 0; i < layers.layer(1).size(); i++) {
      if (!layers.layer(0).has(layers.layer(1).account(i))) {
        turn(inquiry, layers.layer(1).account(i), byPayer);
      }
    }
    backward.clear();
    byPayer.forEach((payer, hops) -> backward.put(payer, trail(hops)));
  }

  private static void turn(Inquiry inquiry, long account, Map<Long, List<long[]>> byPayer) {
    Trail in = inquiry.in(account);
    for (int i = 0; i < in.size(); i++) {
      byPayer
          .computeIfAbsent(in.peer(i), payer -> new ArrayList<>())
          .add(new long[] {in.timeMs(i), in.id(i), account, in.value(i)});
    }
  }

  private static Trail trail(List<long[]> hops) {
    hops.sort(
        (left, right) -> {
          int byTime = Long.compare(left[0], right[0]);
          int byId = byTime != 0 ? byTime : Long.compare(left[1], right[1]);
          return byId != 0 ? byId : Long.compare(left[2], right[2]);
        });
    long[] words = new long[hops.size() * Trail.WORDS];
    for (int i = 0; i < hops.size(); i++) {
      System.arraycopy(hops.get(i), 0, words, i * Trail.WORDS, Trail.WORDS);
    }
    return new Trail(words);
  }

  private Trail out(Inquiry inquiry, int depth) {
    return depth < TOLD_FORWARD
        ? inquiry.out(path[depth])
        : backward.getOrDefault(path[depth], Trail.EMPTY);
  }

  /** Follows payments of the path's last account from a time on. */
  private void follow(Inquiry inquiry, int depth, long sinceMs, List<List<Hop>> listed) {
    Trail trail = out(inquiry, depth);
    trails[depth] = trail;
    int begin = sinceMs == Long.MIN_VALUE ? 0 : trail.until(sinceMs - 1);
    if (!steps.take(trail.size() - begin)) {
      return;
    }
    int left = settings.limits().cycleHops() - SHORTEST - depth;
    for (int i = trail.size() - 1; i >= begin; i--) {
      long peer = trail.peer(i);
      if (peer == inquiry.about.source()) {
        entries[depth] = i;
        close(inquiry, depth, listed);
      } else if (left > 0
          && layers.reaches(peer, trail.timeMs(i), left)
          && !onPath(peer, depth)
          && !inquiry.hub(peer)) {
        entries[depth] = i;
        path[depth + 1] = peer;
        follow(inquiry, depth + 1, trail.timeMs(i), listed);
      }
    }
  }

  private boolean onPath(long account, int depth) {
    for (int i = 0; i <= depth; i++) {
      if (path[i] == account) {
        return true;
      }
    }
    return false;
  }

  private void close(Inquiry inquiry, int depth, List<List<Hop>> listed) {
    counts[depth]++;
    found++;
    conserved += conserves(inquiry, depth) ? 1 : 0;
    if (found <= settings.limits().listedPaths()) {
      listed.add(hops(inquiry, depth));
    }
  }

  private boolean conserves(Inquiry inquiry, int depth) {
    for (int i = 0; i <= depth; i++) {
      long next = i == depth ? inquiry.about.value() : trails[i + 1].value(entries[i + 1]);
      if (!settings.sameMoney(trails[i].value(entries[i]), next)) {
        return false;
      }
    }
    return true;
  }

  private List<Hop> hops(Inquiry inquiry, int depth) {
    List<Hop> cycle = new ArrayList<>(depth + SHORTEST);
    for (int i = 0; i <= depth; i++) {
      cycle.add(Searches.hop(trails[i], entries[i], path[i], trails[i].peer(entries[i])));
    }
    Transfer at = inquiry.about;
    cycle.add(new Hop(at.id(), at.source(), at.target(), at.timeMs(), at.value()));
    return List.copyOf(cycle);
  }
}
