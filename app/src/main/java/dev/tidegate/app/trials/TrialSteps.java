package dev.tidegate.app.trials;

import dev.tidegate.app.OutcomeUnknown;
import dev.tidegate.app.Refused;
import dev.tidegate.app.models.ReleaseSteps;
import dev.tidegate.schemas.codec.RegistryException;
import dev.tidegate.schemas.event.ReleaseAction;
import dev.tidegate.scoring.release.ReleaseLine;
import dev.tidegate.scoring.store.StoreFailed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Steps of trials that are due, taken one after another. A step stays due until its outcome is
 * known: taken, standing already, or refused. Where Kafka, the registry or the store of releases
 * does not answer, it is tried again after a pause; what then stands already is not done twice. An
 * alarm's rollback overtakes the steps that its release waits for. A canary that waits for another
 * trial to end asks every five seconds whether it has, and holds nothing up. Not thread safe.
 */
final class TrialSteps {
  private static final long PAUSE_MS = Duration.ofSeconds(5).toMillis();

  private final Platform platform;
  private final int canaryPercent;
  private final Consumer<String> teller;
  private final LongSupplier clockMs;
  private final List<Step> due = new ArrayList<>();
  private long pausesUntilMs = Long.MIN_VALUE;
  private long turnAskedAgainMs = Long.MIN_VALUE;

  /** Where steps are taken; each may throw {@link Refused} or {@link OutcomeUnknown}. */
  interface Platform {
    /** Who does what. */
    ReleaseLine.Roles roles();

    /**
     * Takes a step unless what stands is what it leads to.
     *
     * @param release its address or name
     * @return name of the release; null if it stood already
     */
    @Nullable String take(
        ReleaseAction action, String release, @Nullable Integer percent, ReleaseSteps.By by);

    /** Notes once that a release may be approved; false if that stands. */
    boolean noteReady(String release, ReleaseSteps.By by);
  }

  private enum Kind {
    SHADOW,
    CANARY,
    READY,
    ROLLBACK
  }

  private record Step(Kind kind, String release, String reason) {}

  /**
   * Nothing is due.
   *
   * @param canaryPercent share of payers of a canary
   * @param teller is told of each step in a line
   * @param clockMs milliseconds that only go on; for pauses
   */
  TrialSteps(Platform platform, int canaryPercent, Consumer<String> teller, LongSupplier clockMs) {
    this.platform = platform;
    this.canaryPercent = canaryPercent;
    this.teller = teller;
    this.clockMs = clockMs;
  }

  /** A release that passed its gates goes into the shadow. */
  void shadow(String place) {
    due.add(new Step(Kind.SHADOW, place, "it passed its gates"));
  }

  /** A trial's own step. */
  void add(TrialBook.Due one) {
    String reason = one.step().reason();
    switch (one.step().kind()) {
      case CANARY -> due.add(new Step(Kind.CANARY, one.release(), reason));
      case READY -> due.add(new Step(Kind.READY, one.release(), reason));
      case ROLLBACK -> {
        due.removeIf(step -> step.release.equals(one.release()));
        due.add(0, new Step(Kind.ROLLBACK, one.release(), reason));
      }
    }
  }

  /**
   * Takes what is due.
   *
   * @throws InterruptException if the thread is interrupted; what was due stays so
   */
  void act() {
    if (due.isEmpty() || clockMs.getAsLong() < pausesUntilMs) {
      return;
    }
    Set<String> held = new HashSet<>();
    for (Iterator<Step> steps = due.iterator(); steps.hasNext(); ) {
      Step step = steps.next();
      if (held.contains(step.release)) {
        continue;
      }
      try {
        if (taken(step)) {
          steps.remove();
        }
      } catch (InterruptException e) {
        throw e;
      } catch (Refused | OutcomeUnknown | KafkaException | RegistryException e) {
        teller.accept(e.getMessage());
        if (!mayPass(e)) {
          steps.remove();
        } else {
          pausesUntilMs = clockMs.getAsLong() + PAUSE_MS;
          if (!isOfStore(e)) {
            return; // the others would fare no better, and their order is kept
          }
          held.add(step.release); // others may lie elsewhere, or be open already
        }
      }
    }
  }

  /** Whether the same step may be taken later: someone did not answer. */
  private static boolean mayPass(RuntimeException thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof OutcomeUnknown
          || at instanceof KafkaException
          || at instanceof RegistryException
          || at instanceof StoreFailed) {
        return true;
      }
    }
    return false;
  }

  /** Whether it was the store of releases that did not answer. */
  private static boolean isOfStore(RuntimeException thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof StoreFailed) {
        return true;
      }
    }
    return false;
  }

  /** False if its turn has not come. */
  private boolean taken(Step step) {
    ReleaseSteps.By by = new ReleaseSteps.By(TrialBook.BY, step.reason);
    switch (step.kind) {
      case SHADOW -> take(ReleaseAction.SHADOW, step, null, by);
      case CANARY -> {
        return canary(step, by);
      }
      case READY -> {
        if (platform.noteReady(step.release, by)) {
          teller.accept(step.release + " is ready for approval and promotion: " + step.reason);
        }
      }
      case ROLLBACK -> {
        take(ReleaseAction.ROLLBACK, step, null, by);
        turnAskedAgainMs = Long.MIN_VALUE; // it may have been the one that others wait for
      }
    }
    return true;
  }

  /**
   * One's turn comes when no other release is the canary; one that a person took back meanwhile is
   * no shadow and has no turn. To ask is to read [models] from its start, so who was told no
   * pauses.
   *
   * @return false if its turn has not come
   */
  private boolean canary(Step step, ReleaseSteps.By by) {
    if (clockMs.getAsLong() < turnAskedAgainMs) {
      return false;
    }
    ReleaseLine.Roles roles = platform.roles();
    String canary = roles.canary();
    if (step.release.equals(canary) || roles.shadows().contains(step.release)) {
      if (canary != null && !canary.equals(step.release)) {
        turnAskedAgainMs = clockMs.getAsLong() + PAUSE_MS;
        return false;
      }
      take(ReleaseAction.CANARY, step, canaryPercent, by);
    } else {
      teller.accept("no canary of " + step.release + ": it is no shadow any more");
    }
    return true;
  }

  private void take(
      ReleaseAction action, Step step, @Nullable Integer percent, ReleaseSteps.By by) {
    String name = platform.take(action, step.release, percent, by);
    if (name != null) {
      teller.accept(action.name().toLowerCase(Locale.ROOT) + " of " + name + ": " + step.reason);
    }
  }
}
