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
      due.addAll(book.decided(of("ours", 10_000 + i, "a" + i)));
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

  /** Who tests stolen numbers pays often with one card: no sign that the release stops too much. */
  @Test
  void shouldTakeABurstOfOnePayerForOneStopAndThatOfManyForMany() {
    for (boolean many : new boolean[] {false, true}) {
      TrialBook each =
          new TrialBook(new TrialSettings(PHASE, 10, 10 * PHASE, 1.5, 0.05), Duration.ofHours(1));
      step(each, "ours", ReleaseAction.SHADOW, TrialBook.BY, 1);
      List<TrialBook.Due> shadow = new ArrayList<>();
      for (int i = 0; i < PHASE; i++) {
        boolean burst = i >= PHASE / 2 && i < PHASE / 2 + 60;
        shadow.addAll(each.shadowed(by(score("ours", i), payer(many, i), burst)));
      }
      TrialStep.Kind kind = many ? TrialStep.Kind.ROLLBACK : TrialStep.Kind.CANARY;
      assertThat(shadow).extracting(one -> one.step().kind()).containsExactly(kind);
    }
    canary();
    for (boolean many : new boolean[] {false, true}) {
      List<TrialBook.Due> decided = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        int at = (many ? 1_000 : 500) + i;
        decided.addAll(
            book.decided(
                Decision.newBuilder(decision("ours", at))
                    .setPayerAccount(payer(many, i))
                    .setOutcome(Outcome.HOLD)
                    .build()));
      }
      assertThat(decided).hasSize(many ? 1 : 0);
    }
  }

  private static String payer(boolean many, int i) {
    return many ? "a" + i : "tester";
  }

  private static ShadowScore by(ShadowScore score, String payer, boolean stopped) {
    return ShadowScore.newBuilder(score)
        .setPayerAccount(payer)
        .setOutcome(stopped ? Outcome.HOLD : score.getOutcome())
        .build();
  }

  @Test
  void shouldTakeFraudsOfOnePayerThatWereLetThroughForOne() {
    canary();
    List<TrialBook.Due> due = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      book.decided(decision("champion", i));
      due.addAll(book.decided(of("ours", 10_000 + i, i % 3 == 0 ? "robbed" : "a" + i)));
      if (i % 3 == 0) {
        book.labelled(fraud(10_000 + i));
      }
    }
    book.decided(decision("champion", 600 + 3_600 + 60));
    due.addAll(book.mature());
    assertThat(due).isEmpty();
    assertThat(book.waiting()).isZero();
  }

  private static Decision of(String release, int i, String payer) {
    return Decision.newBuilder(decision(release, i)).setPayerAccount(payer).build();
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

  /** A start reads decisions from there. */
  @Test
  void shouldTellWhenTheOldestTrialThatRunsBegan() {
    assertThat(book.since()).isEmpty();
    step(book, "theirs", ReleaseAction.SHADOW, "alice", 10);
    assertThat(book.since()).isEmpty();
    step(book, "first", ReleaseAction.SHADOW, TrialBook.BY, 20);
    step(book, "second", ReleaseAction.SHADOW, TrialBook.BY, 30);
    assertThat(book.since()).hasValue(20);
    step(book, "first", ReleaseAction.CANARY, TrialBook.BY, 40);
    assertThat(book.since()).hasValue(20);
    step(book, "first", ReleaseAction.CHAMPION, "bob", 50);
    assertThat(book.since()).hasValue(30);
    step(book, "second", ReleaseAction.ROLLBACK, "bob", 60);
    assertThat(book.since()).isEmpty();
  }

  @Test
  void shouldHoldOfTheChampionsPaymentsWhatATrialLearnsFromAndNoneWithoutATrial() {
    book.decided(decision("champion", 0));
    assertThat(book.waiting()).isZero();
    canary();
    for (int i = 0; i < PHASE; i++) {
      book.decided(decision("champion", i));
    }
    assertThat(book.waiting()).isEqualTo(PHASE / 4);
    // They mature, and nobody learns from more.
    book.decided(decision("champion", PHASE + 3_600 + 60));
    book.mature();
    for (int i = PHASE; i < 2 * PHASE; i++) {
      book.decided(decision("champion", i));
    }
    assertThat(book.waiting()).isZero();

    book.decided(decision("ours", 5_000));
    assertThat(book.waiting()).isEqualTo(1);
    step("ours", ReleaseAction.ROLLBACK, "bob");
    assertThat(book.waiting()).isZero();
  }

  @Test
  void shouldDropTheChampionsPaymentsWithTheLastTrial() {
    canary();
    book.decided(decision("champion", 1));
    assertThat(book.waiting()).isEqualTo(1);
    step("ours", ReleaseAction.ROLLBACK, "bob");
    assertThat(book.waiting()).isZero();
  }

  /** Others are decided and counted all the same. */
  @Test
  void shouldBoundACanarysPaymentsThatWait() {
    TrialBook small =
        new TrialBook(
            new TrialSettings(PHASE, 10, 10 * PHASE, 1.5, 0.05), Duration.ofHours(1), 600);
    step(small, "ours", ReleaseAction.SHADOW, TrialBook.BY, 1);
    for (int i = 0; i < PHASE; i++) {
      small.shadowed(score("ours", i));
    }
    step(small, "ours", ReleaseAction.CANARY, TrialBook.BY, 2);
    int most = 0;
    for (int i = 0; i < 9_000; i++) {
      small.decided(decision("ours", i));
      small.mature();
      most = Math.max(most, small.waiting());
    }
    // Half at once, the others over the delay; the grace adds a minute of these.
    assertThat(most).isBetween(500, 610);
    assertThat(small.progress().get(0).decided()).isEqualTo(9_000);
  }

  private void canary() {
    step("ours", ReleaseAction.SHADOW, TrialBook.BY);
    for (int i = 0; i < PHASE; i++) {
      book.shadowed(score("ours", i));
    }
    step("ours", ReleaseAction.CANARY, TrialBook.BY);
  }

  private void step(String release, ReleaseAction action, String by) {
    step(book, release, action, by, 1);
  }

  private static void step(
      TrialBook book, String release, ReleaseAction action, String by, long writtenMs) {
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
            .build(),
        writtenMs);
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
