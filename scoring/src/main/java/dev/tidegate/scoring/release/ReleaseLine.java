package dev.tidegate.scoring.release;

import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.ReleaseAction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The releases of one model and what is to be done with them, as the events of [models] say, in
 * their order. It begins with the release that a scorer was started with as its champion.
 *
 * <ul>
 *   <li>{@code PUBLISH} makes a release known and nothing more.
 *   <li>{@code SHADOW} lets it score every payment and decide none.
 *   <li>{@code CANARY} lets it decide the payments of a share of the payers, 1 to 99 percent; there
 *       is one canary at a time, and the share may be changed by the same step.
 *   <li>{@code CHAMPION} lets it decide all others; it may come from any role or none.
 *   <li>{@code ROLLBACK} withdraws the release it names, whatever it does: after a champion, the
 *       one before it decides again.
 *   <li>{@code RETIRE} takes a release out for good; never the champion.
 * </ul>
 *
 * <p>A step that changes nothing, as when an event comes twice, is taken without a word. A step
 * that cannot be is refused with its reason and changes nothing. Not thread safe.
 */
public final class ReleaseLine {
  private static final int MOST_SHADOWS = 4;
  private static final int LEAST_PERCENT = 1;
  private static final int MOST_PERCENT = 99;

  /**
   * Where a release is and how to know it.
   *
   * @param release name and version
   * @param uri its folder
   * @param manifestSha256 SHA-256 of its manifest, hexadecimal
   */
  public record Known(String release, String uri, String manifestSha256) {}

  /**
   * Who does what.
   *
   * @param champion decides what the canary does not
   * @param canary on trial; null for none
   * @param percent share of payers of the canary; 0 without one
   * @param shadows score beside
   * @param previous champion before this one, to which a rollback leads; null for none
   */
  public record Roles(
      String champion,
      @Nullable String canary,
      int percent,
      List<String> shadows,
      @Nullable String previous) {
    /** Takes a copy. */
    public Roles {
      shadows = List.copyOf(shadows);
    }

    /** Releases that must be at hand, each once. */
    public Set<String> needed() {
      Set<String> needed = new LinkedHashSet<>(List.of(champion));
      if (canary != null) {
        needed.add(canary);
      }
      needed.addAll(shadows);
      if (previous != null) {
        needed.add(previous);
      }
      return needed;
    }
  }

  private final String model;
  private final String first;
  private final Map<String, Integer> namings = new HashMap<>();
  private final Map<String, Known> known = new HashMap<>();
  private final Deque<String> champions = new ArrayDeque<>();
  private final Set<String> shadows = new LinkedHashSet<>();
  private final Set<String> retired = new HashSet<>();
  private final Set<String> unusable = new HashSet<>();
  private @Nullable String canary;
  private int percent;

  /** A line whose champion is the release at hand. */
  public ReleaseLine(String model, Known first) {
    this.model = model;
    this.first = first.release();
    known.put(first.release(), first);
    champions.push(first.release());
  }

  /** Where a release is; null if no event has named it. */
  public @Nullable Known known(String release) {
    return known.get(release);
  }

  /**
   * Takes an event.
   *
   * @return why it is refused; null if it is taken, or about another model
   */
  public @Nullable String apply(ModelRelease event) {
    if (!event.getModel().equals(model)) {
      return null;
    }
    Known named = new Known(event.getRelease(), event.getUri(), event.getManifestSha256());
    Known before = known.get(named.release());
    if (before != null && !before.manifestSha256().equals(named.manifestSha256())) {
      return "its manifest has another SHA-256 than before; releases never change";
    }
    if (retired.contains(named.release())) {
      return event.getAction() == ReleaseAction.RETIRE ? null : "it is retired";
    }
    String refusal = step(event);
    if (refusal == null) {
      take(named);
    }
    return refusal;
  }

  /** Whoever names a release anew has mended its folder, or found it elsewhere. */
  private void take(Known named) {
    if (!named.release().equals(first)) {
      known.put(named.release(), named);
    }
    unusable.remove(named.release());
    namings.merge(named.release(), 1, Integer::sum);
  }

  /** How often events have named a release. */
  public int namings(String release) {
    return namings.getOrDefault(release, 0);
  }

  private @Nullable String step(ModelRelease event) {
    String release = event.getRelease();
    return switch (event.getAction()) {
      case PUBLISH -> null;
      case SHADOW -> shadow(release);
      case CANARY -> canary(release, event.getCanaryPercent());
      case CHAMPION -> champion(release);
      case ROLLBACK -> rollback(release);
      case RETIRE -> retire(release);
    };
  }

  private @Nullable String shadow(String release) {
    if (release.equals(champions.peek())) {
      return "it is the champion; roll it back instead";
    }
    if (!shadows.contains(release) && shadows.size() == MOST_SHADOWS) {
      return "there are " + MOST_SHADOWS + " shadows already";
    }
    if (release.equals(canary)) {
      endCanary();
    }
    shadows.add(release);
    return null;
  }

  private @Nullable String canary(String release, @Nullable Integer share) {
    if (release.equals(champions.peek())) {
      return "it is the champion already";
    }
    if (canary != null && !canary.equals(release)) {
      return canary + " is the canary; end that trial first";
    }
    if (share == null || share < LEAST_PERCENT || share > MOST_PERCENT) {
      return "a canary's share is 1 to 99 percent, not " + share;
    }
    shadows.remove(release);
    canary = release;
    percent = share;
    return null;
  }

  private @Nullable String champion(String release) {
    if (!release.equals(champions.peek())) {
      shadows.remove(release);
      if (release.equals(canary)) {
        endCanary();
      }
      champions.remove(release);
      champions.push(release);
    }
    return null;
  }

  private @Nullable String rollback(String release) {
    if (release.equals(canary)) {
      endCanary();
      return null;
    }
    if (shadows.remove(release)) {
      return null;
    }
    if (!release.equals(champions.peek())) {
      champions.remove(release);
      return known.containsKey(release) ? null : "it is not known";
    }
    if (champions.size() == 1) {
      return "there is no champion before it to go back to";
    }
    champions.pop();
    return null;
  }

  private @Nullable String retire(String release) {
    if (release.equals(champions.peek())) {
      return "it is the champion; promote another first";
    }
    if (release.equals(canary)) {
      endCanary();
    }
    shadows.remove(release);
    champions.remove(release);
    retired.add(release);
    return null;
  }

  private void endCanary() {
    canary = null;
    percent = 0;
  }

  /** Notes that a release cannot serve: its role falls to the one before, until named anew. */
  public void unusable(String release) {
    unusable.add(release);
  }

  /**
   * Who does what, as of the last event, without those that cannot serve. Where no champion can, it
   * is the release that the line began with, whatever events say.
   */
  public Roles roles() {
    List<String> able = new ArrayList<>(champions);
    able.removeAll(unusable);
    if (able.isEmpty()) {
      able.add(first);
    }
    String trial =
        canary == null || unusable.contains(canary) || canary.equals(able.get(0)) ? null : canary;
    List<String> beside = shadows.stream().filter(one -> !unusable.contains(one)).toList();
    return new Roles(
        able.get(0),
        trial,
        trial == null ? 0 : percent,
        beside,
        able.size() > 1 ? able.get(1) : null);
  }
}
