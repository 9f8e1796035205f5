package dev.tidegate.graphaml.pattern;

import dev.tidegate.graphaml.temporal.Findings;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.Hop;
import dev.tidegate.graphaml.temporal.Pattern;
import dev.tidegate.graphaml.temporal.Payment;
import dev.tidegate.graphaml.temporal.SignalLayout;
import dev.tidegate.schemas.event.LaunderingPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Episodes by brute force: every payment that ever came is looked at again, episodes are lists that
 * are walked from end to end, joints are texts. What the graph counts is taken from it: it has an
 * oracle of its own.
 */
final class EpisodeOracle {
  /** An episode with all its payments. */
  static final class Course {
    final String id;
    final LaunderingPattern pattern;
    final long openedMs;
    final Set<String> joints = new HashSet<>();
    final Set<Long> payments = new TreeSet<>();
    int width;
    long lastMs;
    boolean closed;

    Course(String id, LaunderingPattern pattern, long openedMs) {
      this.id = id;
      this.pattern = pattern;
      this.openedMs = openedMs;
    }

    @Override
    public String toString() {
      return pattern + " " + id + " " + width + " " + payments + (closed ? " closed" : "");
    }
  }

  private final PatternSettings settings;
  private final GraphSettings looked;
  private final SignalLayout layout;
  private final List<Payment> seen = new ArrayList<>();
  final List<Course> courses = new ArrayList<>();
  private long nowMs = Long.MIN_VALUE;

  EpisodeOracle(PatternSettings settings, GraphSettings looked) {
    this.settings = settings;
    this.looked = looked;
    layout = new SignalLayout(looked);
  }

  void added(Payment payment, Findings findings) {
    seen.add(payment);
    nowMs = Math.max(nowMs, payment.timeMs());
    for (Course course : courses) {
      long due =
          Math.min(
              course.lastMs + settings.times().quietMs(),
              course.openedMs + settings.times().longestMs());
      course.closed |= due < nowMs;
    }
    if (payment.source() == payment.target() || payment.amountMinor() <= 0) {
      return;
    }
    cycles(payment, findings);
    chain(payment);
    middlemen(payment, findings);
    int fanIn = value(findings, "target_fan_in_");
    int fanOut = value(findings, "source_fan_out_");
    PatternSettings.Widths widths = settings.widths();
    star(LaunderingPattern.FAN_IN, payment, payment.target(), fanIn, widths.fanIn());
    star(LaunderingPattern.FAN_OUT, payment, payment.source(), fanOut, widths.fanOut());
    int both = (int) findings.get(Pattern.SOURCE_GATHER_SCATTER);
    star(LaunderingPattern.GATHER_SCATTER, payment, payment.source(), both, widths.gatherScatter());
  }

  private int value(Findings findings, String side) {
    return (int) findings.values()[layout.names().indexOf(side + looked.patternWindow().word())];
  }

  private boolean same(long left, long right) {
    return Math.min(left, right) >= (1 - looked.tolerance()) * Math.max(left, right);
  }

  private void cycles(Payment payment, Findings findings) {
    Set<Hop> hops = new HashSet<>();
    int width = 0;
    for (List<Hop> cycle : findings.cycles()) {
      boolean kept = cycle.size() >= settings.widths().cycle();
      for (int i = 1; i < cycle.size(); i++) {
        long before = cycle.get(i - 1).value();
        long after = cycle.get(i).value();
        kept &= after > 0 && after <= before && same(before, after);
      }
      if (kept) {
        hops.addAll(cycle);
        width = Math.max(width, cycle.size());
      }
    }
    if (width > 0) {
      path(LaunderingPattern.CYCLE, payment, payment.target(), width, hops);
    }
  }

  private void chain(Payment payment) {
    List<Payment> trail = new ArrayList<>(List.of(payment));
    Set<Long> accounts = new HashSet<>(List.of(payment.source(), payment.target()));
    for (Payment next = before(payment, payment, accounts);
        next != null && trail.size() < 16;
        next = before(payment, next, accounts)) {
      trail.add(next);
      accounts.add(next.source());
    }
    if (trail.size() >= settings.widths().passThrough()) {
      List<Hop> hops = trail.stream().map(EpisodeOracle::hop).toList();
      long begins = trail.get(trail.size() - 1).source();
      path(LaunderingPattern.PASS_THROUGH, payment, begins, trail.size(), hops);
    }
  }

  /** The newest that fits; of one time the one that came last. */
  private @Nullable Payment before(Payment inHand, Payment hop, Set<Long> accounts) {
    return seen.stream()
        .filter(
            p -> p.id() != hop.id() && p.target() == hop.source() && !accounts.contains(p.source()))
        .filter(p -> p.timeMs() <= hop.timeMs())
        .filter(p -> p.timeMs() >= hop.timeMs() - settings.times().waitMs())
        .filter(p -> p.timeMs() > inHand.timeMs() - looked.patternWindow().ms())
        .filter(p -> p.amountMinor() >= hop.amountMinor())
        .filter(p -> same(p.amountMinor(), hop.amountMinor()))
        .reduce((left, right) -> right.timeMs() >= left.timeMs() ? right : left)
        .orElse(null);
  }

  private static Hop hop(Payment payment) {
    return new Hop(
        payment.id(), payment.source(), payment.target(), payment.timeMs(), payment.amountMinor());
  }

  private void middlemen(Payment payment, Findings findings) {
    int width = (int) findings.get(Pattern.SCATTER_GATHER);
    if (width >= settings.widths().scatterGather()) {
      long origin = findings.middlemen().get(0).from();
      Set<String> joints = Set.of(origin + " to " + payment.target());
      take(
          LaunderingPattern.SCATTER_GATHER,
          payment,
          payment.target(),
          width,
          joints,
          findings.middlemen());
    }
  }

  private void path(
      LaunderingPattern pattern, Payment payment, long focus, int width, Collection<Hop> hops) {
    Set<String> joints = new HashSet<>();
    hops.forEach(hop -> joints.add(hop.from() + " to " + hop.to()));
    take(pattern, payment, focus, width, joints, hops);
  }

  private void star(
      LaunderingPattern pattern, Payment payment, long focus, int width, int smallest) {
    if (width < smallest) {
      return;
    }
    Set<String> joints = Set.of("star " + focus);
    boolean open =
        courses.stream().anyMatch(c -> !c.closed && c.pattern == pattern && meets(c, joints));
    List<Hop> hops =
        open
            ? List.of(hop(payment))
            : seen.stream()
                .filter(p -> p.timeMs() > nowMs - looked.patternWindow().ms())
                .filter(p -> p.source() != p.target())
                .filter(
                    p ->
                        (pattern != LaunderingPattern.FAN_OUT && p.target() == focus)
                            || (pattern != LaunderingPattern.FAN_IN && p.source() == focus))
                .map(EpisodeOracle::hop)
                .toList();
    take(pattern, payment, focus, width, joints, hops);
  }

  private static boolean meets(Course course, Set<String> joints) {
    return joints.stream().anyMatch(course.joints::contains);
  }

  private void take(
      LaunderingPattern pattern,
      Payment payment,
      long focus,
      int width,
      Set<String> joints,
      Collection<Hop> hops) {
    Course course =
        courses.stream()
            .filter(c -> !c.closed && c.pattern == pattern && meets(c, joints))
            .min(Comparator.<Course>comparingLong(c -> c.openedMs).thenComparing(c -> c.id))
            .orElse(null);
    if (course == null) {
      String by = "p" + payment.id();
      String id = new Episode(new Episode.Opening(pattern, focus, by, nowMs, 1)).id;
      course = new Course(id, pattern, nowMs);
      courses.add(course);
    }
    boolean grown = false;
    for (Hop hop : hops) {
      grown |= course.payments.add(hop.payment());
    }
    if (!grown && width <= course.width) {
      return;
    }
    course.width = Math.max(course.width, width);
    course.lastMs = nowMs;
    for (String joint : joints) {
      boolean free =
          courses.stream()
              .noneMatch(c -> !c.closed && c.pattern == pattern && c.joints.contains(joint));
      if (free) {
        course.joints.add(joint);
      }
    }
  }
}
