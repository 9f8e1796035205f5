package dev.tidegate.app;

import dev.tidegate.app.stage.StageFailed;
import dev.tidegate.console.CannotListenException;
import dev.tidegate.ingest.csv.InputProblem;
import dev.tidegate.ingest.profile.ProfileException;
import dev.tidegate.lab.platform.StartupRefused;
import dev.tidegate.retrain.release.NotPublishable;
import dev.tidegate.retrain.train.NotTrainable;
import java.util.List;

/** Which failures are the user's to mend, and the one line that says how. */
final class Refusals {
  private static final List<Class<? extends Exception>> MENDABLE =
      List.of(
          Refused.class,
          StartupRefused.class,
          ProfileException.class,
          CannotListenException.class,
          InputProblem.class);

  /** Failures of the work whose messages say all by themselves. */
  private static final List<Class<? extends Exception>> PLAIN =
      List.of(NotTrainable.class, NotPublishable.class, StageFailed.class, OutcomeUnknown.class);

  private Refusals() {}

  /** True if usage or configuration was wrong, rather than the work. */
  static boolean isRefusal(Throwable failure) {
    return MENDABLE.stream().anyMatch(type -> type.isInstance(failure));
  }

  /** One line for people. */
  static String sentence(Throwable failure) {
    String message = failure.getMessage();
    if (isRefusal(failure) || PLAIN.stream().anyMatch(type -> type.isInstance(failure))) {
      return message == null ? failure.getClass().getSimpleName() : message;
    }
    return "failed: " + (message == null ? failure.getClass().getSimpleName() : message);
  }
}
