package dev.tidegate.app.demo;

import dev.tidegate.app.live.LivePlatform;
import dev.tidegate.app.live.StopSignal;
import dev.tidegate.app.stage.StageFailed;
import dev.tidegate.app.stage.StageListener;
import dev.tidegate.app.terminal.Figures;
import dev.tidegate.schemas.time.WallClock;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits for steps to come true while it looks after the platform. */
final class DriftWatch {
  private static final long TICK_MS = 100;

  /**
   * Farthest that the bank is ahead of the newest reading of outcomes. A reading takes 10,000, a
   * week of the bank's, which lie as far back as labels come late, and a day more; the rest is room
   * for the new fraud to gather outcomes to learn from.
   */
  private static final Duration LEAD = DriftPlan.LABEL_DELAY.plusDays(21);

  private final LivePlatform platform;
  private final Seen seen;
  private final Story story;
  private final DriftPlan plan;
  private final StopSignal signal;
  private final StageListener news;
  private boolean held;
  private boolean paced = true;

  DriftWatch(LivePlatform platform, Seen seen, Story story, DriftPlan plan, StopSignal signal) {
    this.platform = platform;
    this.seen = seen;
    this.story = story;
    this.plan = plan;
    this.signal = signal;
    this.news =
        new StageListener() {
          @Override
          public void restarting(String stage, String reason, Duration pause) {
            story.tell(stage + " failed and starts again: " + reason);
          }

          @Override
          public void running(String stage) {
            story.tell(stage + " runs again");
          }
        };
  }

  Seen seen() {
    return seen;
  }

  Story story() {
    return story;
  }

  DriftPlan plan() {
    return plan;
  }

  /**
   * Waits until something is there.
   *
   * @param what it is, for people
   * @param found gives it; null while it is not there
   * @throws DemoFailed if the plan's patience ends before, or somebody ended the demonstration
   * @throws StageFailed if a stage failed for good
   */
  <T> T until(String what, Supplier<@Nullable T> found) {
    Duration patience = plan.pace().patience();
    long begun = WallClock.nanos();
    while (WallClock.nanos() - begun < patience.toNanos()) {
      platform.look(news);
      pace();
      RuntimeException failure = seen.failure();
      if (failure != null) {
        throw failure;
      }
      T there = found.get();
      if (there != null) {
        return there;
      }
      story.status(status(what));
      pause();
    }
    throw new DemoFailed(
        what + " did not come within " + Figures.span(patience) + "; " + status(""));
  }

  private void pause() {
    try {
      if (signal.askedWithin(TICK_MS)) {
        throw new DemoFailed(DriftDemo.ENDED);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoFailed("the demonstration was interrupted");
    }
  }

  /** Time of the bank stands still while true. */
  void hold(boolean hold) {
    held = hold;
    pace();
  }

  /**
   * From now on the bank waits for no readings: a release that decides only a part of the payments,
   * or is new, makes the outcomes of a reading much slower.
   */
  void paceNoMore() {
    paced = false;
    pace();
  }

  /**
   * A bank that lives a day in a second would leave its monitors weeks behind while they start, and
   * an alarm would come at another day on each machine: it waits for them.
   */
  private void pace() {
    platform.holdFeed(held || (paced && seen.leadMs() > LEAD.toMillis()));
  }

  /** Waits until decisions have come to an event time. */
  void untilTime(String what, long eventTimeMs) {
    Long unused = until(what, () -> seen.newestMs() >= eventTimeMs ? seen.newestMs() : null);
  }

  private String status(String what) {
    return String.format(
        Locale.ROOT,
        "day %.1f, %s decided%s",
        seen.decisions() == 0 ? 0 : plan.day(seen.newestMs()),
        Figures.count(seen.decisions()),
        what.isEmpty() ? "" : ", waiting for " + what);
  }
}
