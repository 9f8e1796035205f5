package dev.tidegate.app.trials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.console.models.TrialProgress;
import dev.tidegate.retrain.trial.TrialSettings;
import dev.tidegate.retrain.trial.TrialStep;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.Label;
import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.Outcome;
import dev.tidegate.schemas.event.ReleaseAction;
import dev.tidegate.schemas.event.ShadowScore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What counts for a trial, and what does not. */
final class TrialBookTest {
  private static final int PHASE = 400;
  private static final long SECOND = 1_000;

  private final TrialBook book =
      new TrialBook(new TrialSettings(PHASE, 10, 10 * PHASE, 1.5, 0.05), Duration.ofHours(1));

  @Test
  void shouldCountWhatComesTwiceOnceAndAShadowOfPeopleNotAtAll() {
    step("ours", ReleaseAction.SHADOW, TrialBook.BY);
    step("theirs", ReleaseAction.SHADOW, "alice");
    List<TrialBook.Due> due = new ArrayList<>();
    for (int i = 0; i < PHASE - 1; i++) {
      due.addAll(book.shadowed(score("ours", i)));
      due.addAll(book.shadowed(score("ours", i)));
      due.addAll(book.shadowed(score("theirs", i)));
    }
    assertThat(due).isEmpty();
    assertThat(book.progress())
        .containsExactly(new TrialProgress("ours", "shadow", PHASE - 1, PHASE, 0, 10 * PHASE));
    due.addAll(book.shadowed(score("ours", PHASE)));
    assertThat(due).hasSize(1);
    assertThat(due.get(0).release()).isEqualTo("ours");
    assertThat(due.get(0).step().kind()).isEqualTo(TrialStep.Kind.CANARY);
    assertThat(book.knows("theirs")).isTrue();
  }

  @Test
  void shouldEndACanaryByFraudThatMaturedAfterItLetItThroughAndNotBefore() {
    canary();
    List<TrialBook.Due> due = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      book.decided(decision("champion", i));
      due.addAll(book.decided(decision("ours", 10_000 + i)));
      due.addAll(book.decided(farAhead("ours", 20_000 + i)));
      if (i % 3 == 0) {
        book.labelled(fraud(10_000 + i));
      }
    }
    due.addAll(book.mature());
    assertThat(due).as("not matured").isEmpty();
    // Time moves on by the champion's decisions alone.
    book.decided(decision("champion", 600 + 3_600 + 60));
    due.addAll(book.mature());
    assertThat(due).hasSize(1);
    assertThat(due.get(0).step().kind()).isEqualTo(TrialStep.Kind.ROLLBACK);
    assertThat(due.get(0).step().reason()).contains("lets fraud through");
  }

  @Test
  void shouldEndATrialThatSomebodyElseEnds() {
    canary();
    step("ours", ReleaseAction.ROLLBACK, "bob");
    List<TrialBook.Due> due = new ArrayList<>();
    for (int i = 0; i < 20 * PHASE; i++) {
      due.addAll(book.decided(decision("ours", i)));
    }
    assertThat(due).isEmpty();
  }

  private void canary() {
    step("ours", ReleaseAction.SHADOW, TrialBook.BY);
    for (int i = 0; i < PHASE; i++) {
      book.shadowed(score("ours", i));
    }
    step("ours", ReleaseAction.CANARY, TrialBook.BY);
  }

  private void step(String release, ReleaseAction action, String by) {
    book.step(
        ModelRelease.newBuilder()
            .setRelease(release)
            .setModel("m")
            .setAction(action)
            .setUri("/r")
            .setManifestSha256("s")
            .setFeatureDigest("f")
            .setBy(by)
            .setAtMs(1)
            .build());
  }

  private static ShadowScore score(String release, int i) {
    return ShadowScore.newBuilder()
        .setTransactionId("t" + i)
        .setEventTimeMs(i * SECOND)
        .setScoredAtMs(1)
        .setRelease(release)
        .setScore(0.1)
        .setOutcome(Outcome.APPROVE)
        .setServingRelease("champion")
        .setServingScore(0.1)
        .setServingOutcome(i % 40 == 0 ? Outcome.HOLD : Outcome.APPROVE)
        .build();
  }

  /** By a clock that went wrong: no outcome is due by it, and none waits behind it. */
  private static Decision farAhead(String release, int i) {
    return Decision.newBuilder(decision(release, i))
        .setEventTimeMs(Duration.ofDays(3_650).toMillis())
        .build();
  }

  private static Decision decision(String release, int i) {
    return Decision.newBuilder()
        .setDecisionId("d" + i)
        .setTransactionId("t" + i)
        .setPayerAccount("a")
        .setEventTimeMs(i % 10_000 * SECOND)
        .setIngestedAtMs(1)
        .setDecidedAtMs(1)
        .setScore(0.1)
        .setOutcome(Outcome.APPROVE)
        .setRelease(release)
        .setFeatureDigest("f")
        .setRuleSet("")
        .build();
  }

  private static Label fraud(int i) {
    return Label.newBuilder()
        .setTransactionId("t" + i)
        .setEventTimeMs(i % 10_000 * SECOND)
        .setKnownAtMs(i % 10_000 * SECOND + 1)
        .setFraud(true)
        .setOrigin("chargeback")
        .build();
  }
}
