package dev.tidegate.app.demo;

import dev.tidegate.app.Refused;
import dev.tidegate.app.models.ReleaseSteps;
import dev.tidegate.app.models.Whereabouts;
import dev.tidegate.app.release.ChosenRelease;
import dev.tidegate.app.terminal.Figures;
import dev.tidegate.lab.bank.BankChange;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.audit.AuditChain;
import dev.tidegate.schemas.event.AuditEvent;
import dev.tidegate.schemas.event.DriftMeasurement;
import dev.tidegate.schemas.event.ReleaseAction;
import dev.tidegate.schemas.event.RetrainRequest;
import dev.tidegate.schemas.time.WallClock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The steps from a bank that stays as it is to a new champion; each waits for the one before. */
final class DriftSteps {
  static final String CONCEPT = "concept-calibration";
  private static final String PRECISION = "alert-precision";
  private static final int SWITCHED = 300;

  /** What must stand on the audit at the end. */
  private static final List<String> ACTIONS =
      List.of(
          "retrain.created",
          "retrain.succeeded",
          "model.shadow",
          "model.canary",
          "model.ready",
          "model.approve",
          "model.promote",
          "retrain.refused");

  private final DriftWatch watch;
  private final Seen seen;
  private final Story story;
  private final DriftPlan plan;
  private final ChosenRelease first;
  private final Whereabouts where;
  private final DriftDemo.DriftRequest request;
  private final ReleaseSteps steps;

  DriftSteps(
      DriftWatch watch, ChosenRelease first, Whereabouts where, DriftDemo.DriftRequest request) {
    this.watch = watch;
    this.seen = watch.seen();
    this.story = watch.story();
    this.plan = watch.plan();
    this.first = first;
    this.where = where;
    this.request = request;
    this.steps = new ReleaseSteps(where, WallClock.INSTANCE);
  }

  void play() {
    ordinary();
    busy();
    DriftMeasurement alarm = alarm();
    DriftTraining training = new DriftTraining(watch, where, request);
    DriftTraining.Made made = training.untilMade();
    ready(made.release());
    promote(made.release());
    RetrainRequest stale = training.askStale();
    new DriftComparison(watch, where).compare(first, made, alarm.getWindowEndMs());
    training.refuse(stale, made.release(), steps);
    audit();
  }

  private void ordinary() {
    BankChange change = plan.change();
    story.begin("Ordinary days: " + plan.customers() + " customers pay, some are robbed");
    watch.untilTime("day " + change.busyFrom(), plan.dayMs(change.busyFrom()));
    story.came(
        "payments decided",
        Figures.count(seen.decisions())
            + " by day "
            + change.busyFrom()
            + ", "
            + seen.alerts()
            + " stopped");
  }

  private void busy() {
    BankChange change = plan.change();
    story.begin(
        "A busy season, days "
            + change.busyFrom()
            + " to "
            + change.busyUntil()
            + ": payments change, fraud does not");
    watch.untilTime("day " + change.busyUntil(), plan.dayMs(change.busyUntil()));
    double usual = seen.perDay(0, change.busyFrom());
    double busy = seen.perDay(change.busyFrom(), change.busyUntil());
    require(busy > usual, "the busy season brought no more payments");
    story.came(
        "payments changed",
        text(
            "%.0f payments a day before, %.0f in the season: %+.0f %%",
            usual, busy, 100 * (busy / usual - 1)));
    story.begin(
        text(
            "From day %d on holders are talked into buying gift cards, %.1f %% of payments;"
                + " nobody tells the platform",
            change.giftCardsFrom(), 100 * change.giftCardShare()));
    story.tell(
        "outcomes are known "
            + DriftPlan.LABEL_DELAY.toDays()
            + " days after a payment;"
            + " monitors wait a day more");
  }

  private DriftMeasurement alarm() {
    DriftMeasurement alarm =
        watch.until(
            "a concept monitor's alarm",
            () -> seen.readings(DriftSteps::concept).stream().findFirst().orElse(null));
    long changedMs = plan.dayMs(plan.change().giftCardsFrom());
    require(
        alarm.getWindowEndMs() >= changedMs,
        text(
            "the concept monitor fired on outcomes of day %.1f, before fraud changed",
            plan.day(alarm.getWindowEndMs())));
    long matured =
        seen.readings(reading -> reading.getMonitor().equals(CONCEPT)).stream()
            .mapToLong(DriftMeasurement::getSamples)
            .sum();
    story.came(
        "covariate shift alone",
        text(
            "no concept alarm on outcomes up to the season's end, the first came after %,d"
                + " outcomes; of %d readings of the scores %d called drift, and %d compared"
                + " nothing: windows of features are not full yet",
            matured,
            scores(changedMs, reading -> true),
            scores(changedMs, DriftMeasurement::getDrifted),
            scores(changedMs, reading -> reading.getFilling() != null)));
    story.came(
        "concept monitor fired",
        text(
            "%s of %s: statistic %.3g over %.3g, on outcomes up to day %.1f: %.1f days of the new"
                + " fraud",
            alarm.getMonitor(),
            alarm.getSubject(),
            alarm.getStatistic(),
            alarm.getThreshold(),
            plan.day(alarm.getWindowEndMs()),
            plan.day(alarm.getWindowEndMs()) - plan.change().giftCardsFrom()));
    return alarm;
  }

  private int scores(long untilMs, Predicate<DriftMeasurement> such) {
    return seen.readings(
            reading ->
                reading.getMonitor().equals("score-psi")
                    && such.test(reading)
                    && reading.getWindowEndMs() < untilMs)
        .size();
  }

  private static boolean concept(DriftMeasurement reading) {
    return reading.getDrifted()
        && (reading.getMonitor().equals(CONCEPT) || reading.getMonitor().equals(PRECISION));
  }

  private void ready(String release) {
    story.begin(
        "Shadow, canary: "
            + release
            + " beside and then for "
            + plan.trial().canaryPercent()
            + " % of payers");
    step("model.shadow", release, "shadow");
    step("model.canary", release, "canary");
    step("model.ready", release, "ready for people");
  }

  private void step(String action, String release, String name) {
    AuditEvent event =
        watch.until(
            action + " of " + release,
            () ->
                seen.action(
                    one ->
                        one.getSubject().equals(release)
                            && (one.getAction().equals(action)
                                || one.getAction().equals("model.rollback"))));
    require(event.getAction().equals(action), release + " was rolled back: " + event.getTo());
    story.came(name, "by " + event.getActor() + ": " + event.getTo());
  }

  private void promote(String release) {
    story.begin("Two people: one approves, another promotes");
    String refusal = alone(release);
    require(refusal != null, request.promotes() + " could promote it alone");
    story.came("one person alone is refused", String.valueOf(refusal));
    steps.approve(release, request.approves());
    steps.take(ReleaseAction.CHAMPION, release, null, request.promotes());
    Long decided =
        watch.until(
            "decisions by the new champion",
            () -> seen.inARow(release) >= SWITCHED ? seen.decisions() : null);
    story.came(
        "new champion decides",
        release
            + ", approved by "
            + request.approves()
            + ", promoted by "
            + request.promotes()
            + "; the last "
            + SWITCHED
            + " of "
            + Figures.count(decided)
            + " decisions are its");
  }

  private @Nullable String alone(String release) {
    try {
      steps.take(ReleaseAction.CHAMPION, release, null, request.promotes());
      return null;
    } catch (Refused e) {
      return e.getMessage();
    }
  }

  private void audit() {
    List<AuditEvent> events = where.events().all(Topics.AUDIT, AuditEvent.class);
    AuditChain chain = new AuditChain();
    for (AuditEvent event : events) {
      String problem = chain.take(event);
      require(problem == null, "the audit is not whole: " + problem);
    }
    Set<String> actions = new TreeSet<>();
    events.forEach(event -> actions.add(event.getAction()));
    for (String action : ACTIONS) {
      require(actions.contains(action), action + " is not on the audit");
    }
    story.came(
        "audit",
        chain.sequence() + " control actions (" + String.join(", ", ACTIONS) + "), chain whole");
  }

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new DemoFailed(otherwise);
    }
  }

  static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
