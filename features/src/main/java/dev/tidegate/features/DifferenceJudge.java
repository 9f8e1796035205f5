package dev.tidegate.features;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Catalogue.MeasureAt;
import dev.tidegate.features.catalogue.Catalogue.RatioAt;
import dev.tidegate.features.catalogue.Entity;
import dev.tidegate.features.catalogue.Sequence;
import dev.tidegate.features.history.Measure;
import dev.tidegate.features.history.Recent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Says why a vector that was computed again from an archive is not the one that was served. The
 * archive explains it where an entity's past was not the same live: one of its payments within the
 * feature's reach came late or was answered by another catalogue, or the archive does not hold that
 * past whole, see {@link EntityCheck}. What nothing explains is a fault. Immutable.
 */
public final class DifferenceJudge {
  private final List<Set<Root>> roots = new ArrayList<>();
  private final int features;
  private final Span span;

  /** One thing that a place of the vector depends on; {@code reachMs} 0 for ever. */
  private record Root(int entity, long reachMs, boolean labelled) {}

  /** Why two vectors are not the same. */
  public enum Cause {
    /** They are the same. */
    NONE,
    /** What was known live of an entity's past is not what the archive knows of it. */
    PAST,
    /** Only features that look at labels differ, and the archive does not say when one came. */
    LABELS,
    /** Nothing that is known. */
    UNKNOWN
  }

  /**
   * What was found.
   *
   * @param places of the features that nothing explains; a sequence's stands behind all features
   */
  public record Verdict(Cause cause, List<Integer> places) {
    /** Copies the places. */
    public Verdict {
      places = List.copyOf(places);
    }
  }

  /**
   * What a vector holds.
   *
   * @param values the features in the catalogue's order
   * @param sequences the sequences in the catalogue's order; none of a vector that was written
   *     before there were any
   */
  public record Content(List<Float> values, List<List<Float>> sequences) {}

  /**
   * A payment's two vectors.
   *
   * @param timeMs when it was made
   * @param approximate whether one of them came from tiles
   */
  public record Pair(long timeMs, boolean approximate, Content served, Content again) {}

  /**
   * An entity's payments up to a payment, itself among them.
   *
   * @param unsureMs time of the newest that was not answered in order by this catalogue; {@link
   *     #SURE} if all were
   * @param repeated whether one came once more when it was late
   * @param labelled whether one has a label
   */
  public record Past(long unsureMs, boolean repeated, boolean labelled) {
    /** All were answered in order. */
    public static final long SURE = Long.MIN_VALUE;

    /** Of an entity that a payment does not name. */
    public static final Past NONE = new Past(SURE, false, false);
  }

  /**
   * Of which time the archive holds all payments.
   *
   * @param fromMs the first moment; {@link Long#MIN_VALUE} if nothing was before
   * @param untilMs the first moment at which one is known to be missing; {@link Long#MAX_VALUE} if
   *     none is
   */
  public record Span(long fromMs, long untilMs) {
    private boolean isWhole() {
      return fromMs == Long.MIN_VALUE;
    }
  }

  /** The judge of a catalogue's vectors against an archive. */
  public DifferenceJudge(Catalogue catalogue, Span span) {
    this.span = span;
    features = catalogue.size();
    List<Entity> entities = List.copyOf(catalogue.entities());
    for (int place = 0; place < features + catalogue.sequences().size(); place++) {
      roots.add(new HashSet<>());
    }
    for (int i = 0; i < entities.size(); i++) {
      for (MeasureAt at : catalogue.measures(entities.get(i))) {
        Measure measure = at.measure();
        long reachMs = measure.windowMs() == 0 ? 0 : measure.windowMs() + measure.delayMs();
        roots.get(at.place()).add(new Root(i, reachMs, measure.kind().usesLabels()));
      }
    }
    for (RatioAt ratio : catalogue.ratios()) {
      roots.get(ratio.place()).addAll(roots.get(ratio.numerator()));
      roots.get(ratio.place()).addAll(roots.get(ratio.denominator()));
    }
    for (int i = 0; i < catalogue.sequences().size(); i++) {
      Sequence sequence = catalogue.sequences().get(i);
      roots
          .get(features + i)
          .add(new Root(entities.indexOf(sequence.entity()), Recent.REACH_MS, false));
    }
  }

  /**
   * Compares two vectors bit for bit; all NaNs are one.
   *
   * @param pasts of the catalogue's entities, in their order
   */
  public Verdict judge(Pair pair, List<Past> pasts) {
    List<Integer> unknown = new ArrayList<>();
    Cause cause = Cause.NONE;
    for (int place : differing(pair)) {
      Cause of = pair.timeMs >= span.untilMs ? Cause.PAST : cause(place, pair, pasts);
      if (of == Cause.UNKNOWN) {
        unknown.add(place);
      }
      cause = of == Cause.LABELS && cause == Cause.PAST ? cause : of;
    }
    return new Verdict(unknown.isEmpty() ? cause : Cause.UNKNOWN, unknown);
  }

  private List<Integer> differing(Pair pair) {
    List<Integer> places = new ArrayList<>();
    List<Float> again = pair.again.values();
    for (int place = 0; place < features; place++) {
      boolean there = place < pair.served.values().size();
      if (!there || !pair.served.values().get(place).equals(again.get(place))) {
        places.add(place);
      }
    }
    List<List<Float>> sequences = pair.served.sequences();
    for (int i = 0; i < sequences.size(); i++) {
      if (!sequences.get(i).equals(pair.again.sequences().get(i))) {
        places.add(features + i);
      }
    }
    return places;
  }

  private Cause cause(int place, Pair pair, List<Past> pasts) {
    Cause cause = Cause.UNKNOWN;
    for (Root root : roots.get(place)) {
      Past past = pasts.get(root.entity);
      if (isUnsure(root, past, pair)) {
        return Cause.PAST;
      }
      cause = root.labelled && past.labelled ? Cause.LABELS : cause;
    }
    return cause;
  }

  private boolean isUnsure(Root root, Past past, Pair pair) {
    boolean sure = past.unsureMs == Past.SURE;
    if (root.reachMs == 0 || pair.approximate) {
      return !sure || !span.isWhole() || (pair.approximate && past.repeated);
    }
    return (!sure && pair.timeMs < past.unsureMs + root.reachMs)
        || (!span.isWhole() && pair.timeMs < span.fromMs + root.reachMs);
  }
}
