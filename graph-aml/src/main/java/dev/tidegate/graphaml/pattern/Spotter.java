package dev.tidegate.graphaml.pattern;

import dev.tidegate.graphaml.temporal.Findings;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Hop;
import dev.tidegate.graphaml.temporal.Pattern;
import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.graphaml.temporal.SignalLayout;
import dev.tidegate.graphaml.temporal.TemporalGraph;
import dev.tidegate.schemas.event.LaunderingPattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What of a payment's findings is worth an alert, with the payments behind it. Cost beyond the
 * findings: a chain is followed only where money was passed on within the wait; the payments of a
 * star are listed once, when its episode begins.
 */
public final class Spotter {
  private static final Comparator<Hop> OLDEST_FIRST =
      Comparator.comparingLong(Hop::timeMs).thenComparingLong(Hop::payment);
  private static final int LONGEST_CHAIN = 16;

  private final PatternSettings settings;
  private final @Nullable TemporalGraph graph;
  private final double tolerance;
  private final int fanIn;
  private final int fanOut;

  /** Looks at what a graph finds. */
  public Spotter(PatternSettings settings, GraphSettings looked, TemporalGraph graph) {
    this(looked, settings, graph);
  }

  /**
   * Looks at what was found without the graph at hand: at cycles and scatter-gathers, whose
   * payments are told with them.
   *
   * @throws IllegalArgumentException if the settings ask for chains or stars
   */
  public static Spotter ofPaths(PatternSettings settings, GraphSettings looked) {
    PatternSettings.Widths widths = settings.widths();
    if ((widths.passThrough() | widths.fanIn() | widths.fanOut() | widths.gatherScatter()) != 0) {
      throw new IllegalArgumentException("chains and stars cannot be spotted without a graph");
    }
    return new Spotter(looked, settings, null);
  }

  private Spotter(GraphSettings looked, PatternSettings settings, @Nullable TemporalGraph graph) {
    this.settings = settings;
    this.graph = graph;
    tolerance = looked.tolerance();
    List<String> names = new SignalLayout(looked).names();
    fanIn = names.indexOf("target_fan_in_" + looked.patternWindow().word());
    fanOut = names.indexOf("source_fan_out_" + looked.patternWindow().word());
  }

  /**
   * What a payment that was just added shows.
   *
   * @param open whether an episode with a joint is open
   */
  public List<Sighting> of(Payment payment, Findings findings, LongPredicate open) {
    List<Sighting> sightings = new ArrayList<>();
    if (payment.source() == payment.target() || payment.amountMinor() <= 0) {
      return sightings;
    }
    cycles(payment, findings, sightings);
    chain(payment, findings, sightings);
    scatterGather(findings, sightings);
    stars(payment, findings, open, sightings);
    return sightings;
  }

  private void cycles(Payment payment, Findings findings, List<Sighting> sightings) {
    if (off(settings.widths().cycle())) {
      return;
    }
    int width = 0;
    Set<Hop> hops = new LinkedHashSet<>();
    for (List<Hop> cycle : findings.cycles()) {
      if (cycle.size() >= settings.widths().cycle() && conserved(cycle)) {
        hops.addAll(cycle);
        width = Math.max(width, cycle.size());
      }
    }
    if (width > 0) {
      add(LaunderingPattern.CYCLE, payment.target(), width, hops, sightings);
    }
  }

  /** Whether the same money goes round, and no more of it than came. */
  private boolean conserved(List<Hop> cycle) {
    for (int i = 1; i < cycle.size(); i++) {
      long before = cycle.get(i - 1).value();
      long after = cycle.get(i).value();
      if (after <= 0 || after > before || after < (1 - tolerance) * before) {
        return false;
      }
    }
    return true;
  }

  private void chain(Payment payment, Findings findings, List<Sighting> sightings) {
    int smallest = settings.widths().passThrough();
    double waited = findings.get(Pattern.PASS_THROUGH_MATCHED_MS);
    if (off(smallest) || !(waited <= settings.times().waitMs())) {
      return;
    }
    List<Hop> trail = graph().trail(payment, settings.times().waitMs(), LONGEST_CHAIN);
    if (trail.size() >= smallest) {
      add(LaunderingPattern.PASS_THROUGH, trail.get(0).from(), trail.size(), trail, sightings);
    }
  }

  /** An episode of paths is one as long as it uses a link, from one account to another, again. */
  private void add(
      LaunderingPattern pattern,
      long focus,
      int width,
      Iterable<Hop> path,
      List<Sighting> sightings) {
    Set<Long> joints = new LinkedHashSet<>();
    List<Hop> hops = new ArrayList<>();
    for (Hop hop : path) {
      joints.add(joint(pattern, hop.from(), hop.to()));
      hops.add(hop);
    }
    hops.sort(OLDEST_FIRST);
    int smallest =
        pattern == LaunderingPattern.CYCLE
            ? settings.widths().cycle()
            : settings.widths().passThrough();
    sightings.add(new Sighting(pattern, focus, width, smallest, joints, hops));
  }

  private void scatterGather(Findings findings, List<Sighting> sightings) {
    int smallest = settings.widths().scatterGather();
    int width = (int) findings.get(Pattern.SCATTER_GATHER);
    if (off(smallest) || width < smallest) {
      return;
    }
    List<Hop> hops = new ArrayList<>(findings.middlemen());
    long origin = hops.get(0).from();
    long sink = hops.get(1).to();
    hops.sort(OLDEST_FIRST);
    Set<Long> joints = Set.of(joint(LaunderingPattern.SCATTER_GATHER, origin, sink));
    sightings.add(
        new Sighting(
            LaunderingPattern.SCATTER_GATHER, sink, width, smallest, joints, List.copyOf(hops)));
  }

  private void stars(
      Payment payment, Findings findings, LongPredicate open, List<Sighting> sightings) {
    PatternSettings.Widths widths = settings.widths();
    if (findings.get(Pattern.TARGET_HUB) == 0) {
      Star star = new Star(payment, payment.target(), true, false);
      int width = (int) findings.values()[fanIn];
      star(LaunderingPattern.FAN_IN, width, widths.fanIn(), star, open, sightings);
    }
    if (findings.get(Pattern.SOURCE_HUB) == 0) {
      Star out = new Star(payment, payment.source(), false, true);
      int fan = (int) findings.values()[fanOut];
      star(LaunderingPattern.FAN_OUT, fan, widths.fanOut(), out, open, sightings);
      Star both = new Star(payment, payment.source(), true, true);
      int width = (int) findings.get(Pattern.SOURCE_GATHER_SCATTER);
      star(LaunderingPattern.GATHER_SCATTER, width, widths.gatherScatter(), both, open, sightings);
    }
  }

  /** Payments around one account. */
  private record Star(Payment payment, long focus, boolean in, boolean out) {}

  private void star(
      LaunderingPattern pattern,
      int width,
      int smallest,
      Star star,
      LongPredicate open,
      List<Sighting> sightings) {
    if (off(smallest) || width < smallest) {
      return;
    }
    long joint = joint(pattern, star.focus, star.focus);
    List<Hop> hops = new ArrayList<>();
    if (open.test(joint)) {
      hops.add(graph().hop(star.payment));
    } else {
      int most = settings.bounds().payments();
      int each = star.in && star.out ? most / 2 : most;
      hops.addAll(star.in ? graph().paymentsIn(star.focus, each) : List.of());
      hops.addAll(star.out ? graph().paymentsOut(star.focus, each) : List.of());
      hops.removeIf(hop -> hop.from() == hop.to());
      hops.sort(OLDEST_FIRST);
    }
    sightings.add(new Sighting(pattern, star.focus, width, smallest, Set.of(joint), hops));
  }

  private TemporalGraph graph() {
    return Objects.requireNonNull(graph, "chains and stars are off without a graph");
  }

  private static boolean off(int smallest) {
    return smallest == 0;
  }

  /** A number for a pattern and two accounts, the same on every machine. */
  static long joint(LaunderingPattern pattern, long from, long to) {
    long hash = pattern.name().hashCode();
    hash = mix(hash * 0x9E3779B97F4A7C15L + from);
    return mix(hash * 0x9E3779B97F4A7C15L + to);
  }

  /** The finishing step of MurmurHash3 (Appleby). */
  private static long mix(long hash) {
    long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
