package dev.tidegate.app.demo;

import dev.tidegate.app.models.Whereabouts;
import dev.tidegate.app.release.ChosenRelease;
import dev.tidegate.app.release.Releases;
import dev.tidegate.app.trainer.OutOfTime;
import dev.tidegate.lab.bank.PlantedKind;
import java.time.Duration;

/**
 * Both champions on the same payments, later than all that either learned from or was judged on.
 */
final class DriftComparison {
  private static final double LEAST_GAIN = 1.3;

  private final DriftWatch watch;
  private final Whereabouts where;
  private final DriftPlan plan;

  DriftComparison(DriftWatch watch, Whereabouts where) {
    this.watch = watch;
    this.where = where;
    this.plan = watch.plan();
  }

  /** Waits until outcomes are known, and compares. */
  void compare(ChosenRelease before, DriftTraining.Made made, long alarmMs) {
    Duration days = Duration.ofDays(plan.pace().measuredDays());
    long fromMs = Math.max(made.cutMs(), alarmMs);
    long untilMs = fromMs + days.toMillis();
    long knownMs = untilMs + DriftPlan.LABEL_DELAY.toMillis();
    watch
        .story()
        .begin(
            DriftSteps.text(
                "Both champions on payments of days %.1f to %.1f, which neither has learned from",
                plan.day(fromMs), plan.day(untilMs)));
    watch.untilTime("their outcomes", knownMs);
    watch.hold(true);
    tell(
        new OutOfTime(where.kafka(), where.schemas())
            .compare(
                before,
                Releases.load(made.folder()),
                new OutOfTime.Range(fromMs, untilMs, knownMs),
                PlantedKind.GIFT_CARD_SCAM.code(),
                plan.alertBudgetPercent()));
  }

  private void tell(OutOfTime.Found found) {
    double before = found.before().kindRecall();
    double now = found.after().kindRecall();
    Story story = watch.story();
    story.tell(
        DriftSteps.text(
            "%,d payments, %d fraud, %d of them gift cards; %.1f %% of all may alert",
            found.payments(), found.frauds(), found.kindFrauds(), plan.alertBudgetPercent()));
    story.came(
        "recall of the new fraud",
        DriftSteps.text(
            "%.3f against the old champion's %.3f%s",
            now, before, before > 0 ? DriftSteps.text(": %.1f times", now / before) : ""));
    story.came(
        "recall of all fraud",
        DriftSteps.text(
            "%.3f against %.3f, PR-AUC %.3f against %.3f",
            found.after().recall(),
            found.before().recall(),
            found.after().prAuc(),
            found.before().prAuc()));
    DriftSteps.require(
        now > 0 && now >= LEAST_GAIN * before,
        DriftSteps.text(
            "the new champion's recall of the new fraud is not %.1f times the old one's",
            LEAST_GAIN));
  }
}
