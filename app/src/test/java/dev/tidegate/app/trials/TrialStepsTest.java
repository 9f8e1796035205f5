package dev.tidegate.app.trials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.app.OutcomeUnknown;
import dev.tidegate.app.Refused;
import dev.tidegate.app.models.ReleaseSteps;
import dev.tidegate.retrain.trial.TrialStep;
import dev.tidegate.schemas.codec.RegistryException;
import dev.tidegate.schemas.event.ReleaseAction;
import dev.tidegate.scoring.release.ReleaseLine;
import dev.tidegate.scoring.release.ReleaseRefused;
import dev.tidegate.scoring.store.StoreFailed;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a step whose outcome is not known. */
final class TrialStepsTest {
  private final List<String> told = new ArrayList<>();
  private final Answering platform = new Answering();
  private long nowMs;
  private final TrialSteps steps = new TrialSteps(platform, 10, told::add, () -> nowMs);

  /** Fails as it is told to, then takes every step once. */
  private static final class Answering implements TrialSteps.Platform {
    private final Deque<RuntimeException> failures = new ArrayDeque<>();
    private final List<String> taken = new ArrayList<>();
    private List<String> shadows = List.of("next", "other", "third");
    private @Nullable String canary;
    private int asked;

    @Override
    public ReleaseLine.Roles roles() {
      asked++;
      return new ReleaseLine.Roles("champion", canary, canary == null ? 0 : 10, shadows, null);
    }

    @Override
    public @Nullable String take(
        ReleaseAction action, String release, @Nullable Integer percent, ReleaseSteps.By by) {
      answer();
      boolean done = taken.contains(action + " " + release);
      if (!done) {
        taken.add(action + " " + release);
      }
      return done ? null : release;
    }

    @Override
    public boolean noteReady(String release, ReleaseSteps.By by) {
      answer();
      return taken.add("READY " + release);
    }

    private void answer() {
      RuntimeException failure = failures.poll();
      if (failure != null) {
        throw failure;
      }
    }
  }

  static Stream<RuntimeException> passing() {
    return Stream.of(
        new OutcomeUnknown("Kafka did not answer in time", new TimeoutException()),
        new Refused("the platform does not answer", new TimeoutException("no broker")),
        new TimeoutException("no broker"),
        new RegistryException("the registry does not answer"),
        new Refused(
            new ReleaseRefused(Path.of("r"), "not now", new StoreFailed("the store answers 503"))));
  }

  @ParameterizedTest
  @MethodSource("passing")
  void shouldTakeAStepAgainAfterAPauseWhereNobodyAnswered(RuntimeException failure) {
    platform.failures.add(failure);
    steps.add(due("next", TrialStep.Kind.CANARY));
    steps.act();
    assertThat(platform.taken).isEmpty();
    assertThat(told).containsExactly(failure.getMessage());

    steps.act(); // not before the pause is over
    assertThat(platform.taken).isEmpty();
    nowMs += 5_000;
    steps.act();
    assertThat(platform.taken).containsExactly("CANARY next");
    nowMs += 5_000;
    steps.act();
    assertThat(platform.taken).hasSize(1);
  }

  @Test
  void shouldDropAStepThatIsRefusedOrStandsAlready() {
    platform.failures.add(new Refused("CANARY of next is refused: it is retired"));
    steps.add(due("next", TrialStep.Kind.CANARY));
    steps.act();
    platform.taken.add("SHADOW place");
    steps.shadow("place");
    steps.act();
    nowMs += 5_000;
    steps.act();
    assertThat(platform.taken).containsExactly("SHADOW place");
    assertThat(told).containsExactly("CANARY of next is refused: it is retired");
  }

  @Test
  void shouldLetARollbackOvertakeTheStepsOfItsRelease() {
    platform.failures.add(new OutcomeUnknown("no answer", new TimeoutException()));
    steps.add(due("next", TrialStep.Kind.CANARY));
    steps.add(due("other", TrialStep.Kind.READY));
    steps.act();
    steps.add(due("next", TrialStep.Kind.ROLLBACK));
    nowMs += 5_000;
    steps.act();
    assertThat(platform.taken).containsExactly("ROLLBACK next", "READY other");
  }

  /** Else a release that nobody watches would decide. */
  @Test
  void shouldMakeNoCanaryOfAReleaseThatAPersonTookBack() {
    platform.canary = "other";
    steps.add(due("next", TrialStep.Kind.CANARY));
    steps.act();
    platform.canary = null;
    platform.shadows = List.of();
    nowMs += 5_000;
    steps.act();
    assertThat(platform.taken).isEmpty();
    assertThat(told).containsExactly("no canary of next: it is no shadow any more");
    platform.shadows = List.of("next");
    nowMs += 5_000;
    steps.act();
    assertThat(platform.taken).isEmpty();
  }

  @Test
  void shouldGoOnWithOtherReleasesWhereTheStoreOfOneFails() {
    platform.failures.add(
        new Refused(
            new ReleaseRefused(Path.of("r"), "no", new StoreFailed("the store answers 403"))));
    steps.shadow("s3://store/first");
    steps.add(due("next", TrialStep.Kind.READY));
    steps.act();
    assertThat(platform.taken).containsExactly("READY next");
    nowMs += 5_000;
    steps.act();
    assertThat(platform.taken).containsExactly("READY next", "SHADOW s3://store/first");
  }

  @Test
  void shouldWaitForTheOtherTrialToEnd() {
    platform.canary = "other";
    steps.add(due("next", TrialStep.Kind.CANARY));
    steps.act();
    assertThat(platform.taken).isEmpty();
    platform.canary = null;
    nowMs += 5_000;
    steps.act();
    assertThat(platform.taken).containsExactly("CANARY next");
  }

  /** Each answer reads a topic from its start, and it acts ten times a second. */
  @Test
  void shouldAskOnceEveryFiveSecondsWhetherACanarysTurnHasCome() {
    platform.canary = "other";
    steps.add(due("next", TrialStep.Kind.CANARY));
    steps.add(due("third", TrialStep.Kind.CANARY));
    for (int i = 0; i < 100; i++) {
      steps.act();
      nowMs += 100;
    }
    assertThat(platform.asked).isEqualTo(2);
  }

  @Test
  void shouldRollBackAtOnceWhileACanaryWaitsAndThenLetItIn() {
    platform.canary = "other";
    steps.add(due("next", TrialStep.Kind.CANARY));
    steps.act();
    steps.add(due("other", TrialStep.Kind.ROLLBACK));
    platform.canary = null;
    steps.act();
    assertThat(platform.taken).containsExactly("ROLLBACK other", "CANARY next");
  }

  /** Its thread ends by it, and whoever runs it hears of that. */
  @Test
  void shouldNotSwallowAFaultOfItsOwn() {
    platform.failures.add(new IllegalStateException("a fault"));
    steps.add(due("next", TrialStep.Kind.CANARY));
    assertThatThrownBy(steps::act).hasMessage("a fault");
  }

  private static TrialBook.Due due(String release, TrialStep.Kind kind) {
    return new TrialBook.Due(release, new TrialStep(kind, "reason"));
  }
}
