package dev.tidegate.graphaml.pattern;

import dev.tidegate.graphaml.temporal.Findings;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.graphaml.temporal.TemporalGraph;
import dev.tidegate.schemas.event.EpisodeState;
import dev.tidegate.schemas.event.PatternAlert;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Episodes of laundering, payment by payment.
 *
 * <ul>
 *   <li>A sighting belongs to the open episode of its pattern with which it shares a joint: the
 *       account in the middle of a star, both ends of a scatter-gather, a link of a cycle or chain.
 *       Of several the one that was opened first; the others stay as they are. Joints that no open
 *       episode has become the episode's.
 *   <li>An episode is told when it opens, with each new payment up to 16, then whenever it has
 *       grown by a quarter, and when it closes: after a quiet time without growth, or after its
 *       longest time, by the time of payments. The versions of one episode count up from 1.
 *   <li>What it lists is bounded; all its payments and accounts are counted.
 * </ul>
 *
 * <p>Deterministic: a function of the payments in their order. Cost: constant a payment without a
 * sighting; with one, its payments. Not thread safe.
 */
public final class PatternTracker {
  private static final Comparator<Episode> FIRST_OPENED =
      Comparator.<Episode>comparingLong(episode -> episode.openedMs)
          .thenComparing(episode -> episode.id);

  // configuration
  private final PatternSettings settings;
  private final EpisodeStore store;
  private final Spotter spotter;
  private final AlertWriter writer;

  // runtime
  private final Map<String, Episode> open = new LinkedHashMap<>();
  private final Map<Long, Episode> byJoint = new HashMap<>();
  private final TreeSet<Due> dues =
      new TreeSet<>(Comparator.comparingLong(Due::timeMs).thenComparing(Due::id));
  private final Set<String> changed = new LinkedHashSet<>();
  private long nowMs = Long.MIN_VALUE;

  private record Due(long timeMs, String id) {}

  /**
   * The payment in hand.
   *
   * @param transactionId its id
   * @param ingestedAtMs wall clock when the door accepted it
   */
  public record Arrival(String transactionId, long ingestedAtMs) {}

  /**
   * A tracker with the episodes of a store.
   *
   * @param digest names the settings on each alert
   */
  public PatternTracker(
      PatternSettings settings,
      GraphSettings looked,
      TemporalGraph graph,
      EpisodeStore store,
      String digest) {
    this.settings = settings;
    this.store = store;
    spotter = new Spotter(settings, looked, graph);
    writer = new AlertWriter(digest);
    nowMs = graph.newestMs();
    List<Episode> stored = new ArrayList<>();
    store.each(bytes -> stored.add(EpisodeBytes.read(bytes)));
    stored.sort(FIRST_OPENED);
    for (Episode episode : stored) {
      open.put(episode.id, episode);
      dues.add(due(episode));
      for (long joint : episode.joints) {
        byJoint.put(joint, episode);
      }
    }
  }

  /** Episodes that are open. */
  public int open() {
    return open.size();
  }

  /**
   * Takes a payment that the graph has just added.
   *
   * @return alerts to send: what time has closed, then what has opened or grown
   */
  public List<PatternAlert> added(
      Payment payment, Findings findings, Arrival arrival, Ledger ledger) {
    nowMs = Math.max(nowMs, payment.timeMs());
    List<PatternAlert> alerts = new ArrayList<>();
    close(alerts);
    for (Sighting sighting : spotter.of(payment, findings, byJoint::containsKey)) {
      PatternAlert alert = take(sighting, arrival, ledger);
      if (alert != null) {
        alerts.add(alert);
      }
    }
    return alerts;
  }

  private void close(List<PatternAlert> alerts) {
    while (!dues.isEmpty() && dues.first().timeMs < nowMs) {
      Due due = dues.pollFirst();
      Episode episode = open.remove(due.id);
      episode.joints.forEach(byJoint::remove);
      changed.remove(due.id);
      store.remove(due.id);
      alerts.add(writer.write(episode, EpisodeState.CLOSED, due.timeMs));
    }
  }

  private @Nullable PatternAlert take(Sighting sighting, Arrival arrival, Ledger ledger) {
    Episode episode = known(sighting);
    if (episode == null) {
      episode = begin(sighting, arrival);
    }
    boolean grown = episode.grow(sighting.hops(), ledger, settings.bounds());
    boolean wider = sighting.width() > episode.width;
    if (!grown && !wider) {
      return null;
    }
    dues.remove(due(episode));
    episode.width = Math.max(episode.width, sighting.width());
    episode.lastMs = nowMs;
    episode.grownBy = arrival.transactionId;
    episode.ingestedAtMs = arrival.ingestedAtMs;
    dues.add(due(episode));
    for (long joint : sighting.joints()) {
      if (byJoint.putIfAbsent(joint, episode) == null) {
        episode.joints.add(joint);
      }
    }
    changed.add(episode.id);
    return episode.worthTelling() ? writer.write(episode, EpisodeState.OPEN, nowMs) : null;
  }

  private @Nullable Episode known(Sighting sighting) {
    return sighting.joints().stream()
        .map(byJoint::get)
        .filter(Objects::nonNull)
        .min(FIRST_OPENED)
        .orElse(null);
  }

  private Episode begin(Sighting sighting, Arrival arrival) {
    Episode episode =
        new Episode(
            new Episode.Opening(
                sighting.pattern(),
                sighting.focus(),
                arrival.transactionId,
                nowMs,
                sighting.smallest()));
    open.put(episode.id, episode);
    return episode;
  }

  private Due due(Episode episode) {
    return new Due(episode.dueMs(settings.times()), episode.id);
  }

  /** Puts into the store what changed; before each checkpoint. */
  public void flush() {
    for (String id : changed) {
      store.put(id, EpisodeBytes.write(Objects.requireNonNull(open.get(id))));
    }
    changed.clear();
  }
}
