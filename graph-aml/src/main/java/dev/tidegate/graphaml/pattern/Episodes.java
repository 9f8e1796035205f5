package dev.tidegate.graphaml.pattern;

import dev.tidegate.graphaml.pattern.PatternTracker.Arrival;
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
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Episodes of laundering, from what was seen of payments.
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
 * <p>Deterministic: a function of the payments and their sightings in their order. Not thread safe.
 */
public final class Episodes {
  private static final Comparator<Episode> FIRST_OPENED =
      Comparator.<Episode>comparingLong(episode -> episode.openedMs)
          .thenComparing(episode -> episode.id);

  // configuration
  private final PatternSettings settings;
  private final EpisodeStore store;
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
   * Episodes that a store holds.
   *
   * @param digest names the settings on each alert
   * @param newestMs the largest time of a payment so far; the smallest long if there was none
   */
  public Episodes(PatternSettings settings, EpisodeStore store, String digest, long newestMs) {
    this.settings = settings;
    this.store = store;
    writer = new AlertWriter(digest);
    nowMs = newestMs;
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

  /** What is seen of a payment, once time has closed what it closes. */
  @FunctionalInterface
  public interface Seen {
    /**
     * Its sightings.
     *
     * @param open whether an episode with a joint is open
     */
    List<Sighting> of(LongPredicate open);
  }

  /**
   * Takes a payment that a graph has just added.
   *
   * @return alerts to send: what time has closed, then what has opened or grown
   */
  public List<PatternAlert> added(long timeMs, Seen seen, Arrival arrival, Ledger ledger) {
    nowMs = Math.max(nowMs, timeMs);
    List<PatternAlert> alerts = new ArrayList<>();
    close(alerts);
    for (Sighting sighting : seen.of(byJoint::containsKey)) {
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
    episode.grownBy = arrival.transactionId();
    episode.ingestedAtMs = arrival.ingestedAtMs();
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
                arrival.transactionId(),
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
