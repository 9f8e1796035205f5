package dev.tidegate.lab.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.lab.guarantee.AtLeastOnce;
import dev.tidegate.lab.guarantee.FirstDecisionWins;
import dev.tidegate.lab.guarantee.PublishedOnce;
import dev.tidegate.lab.guarantee.ReplayGivesSameDecisions;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AuditorTest {
  private final PlantedLog log =
      new PlantedLog()
          .transaction("t1")
          .transaction("t2")
          .rejected(3)
          .decision("t1", 0.1)
          .decision("t2", 0.9)
          .alert("x2", "t2");

  private AuditReport audit() {
    return new Auditor(log).audit();
  }

  @Test
  void shouldFindNothingWrongInACleanRun() {
    AuditReport report = audit();

    assertThat(report.isClean()).isTrue();
    assertThat(report.counts()).isEqualTo(new AuditReport.Counts(2, 1, 2, 1));
    assertThat(report.describe())
        .isEqualTo("2 transactions, 1 rejected, 2 decisions, 1 alerts; clean");
    new AtLeastOnce().verify(report);
    new FirstDecisionWins().verify(report);
    new PublishedOnce().verify(report);
  }

  @Test
  void shouldNotMindAPaymentThatStandsTwice() {
    log.transaction("t1");

    assertThat(audit().isClean()).isTrue();
  }

  @Test
  void shouldFindALostDecision() {
    log.transaction("t3");

    assertThat(audit().missing()).containsExactly("t3");
    assertThatThrownBy(() -> new AtLeastOnce().verify(audit()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no decision on t3");
  }

  @Test
  void shouldFindALossBeforeTheTopic() {
    assertThat(new Auditor(log).audit(List.of("t1", "t2", "t4")).missing()).containsExactly("t4");
  }

  @Test
  void shouldFindADecisionOnNothing() {
    log.decision("t5", 0.2);

    assertThat(audit().unexpected()).containsExactly("t5");
    assertThat(new AtLeastOnce().violations(audit())).hasSize(1);
  }

  @Test
  void shouldTellADoubleFromAChange() {
    log.decision("t1", 0.1).decision("t2", 0.8);

    AuditReport report = audit();

    assertThat(report.duplicated()).containsExactly("t1", "t2");
    assertThat(report.changed()).containsExactly("t2");
    assertThat(new PublishedOnce().violations(report)).hasSize(2);
    assertThat(new FirstDecisionWins().violations(report))
        .containsExactly("decision changed on t2");
  }

  @Test
  void shouldFindADoubledAlertAlsoUnderAnotherId() {
    log.alert("x2", "t2").transaction("t1").alert("x9", "t2");

    assertThat(audit().doubledAlerts()).containsExactly("x2", "x9");
  }

  @Test
  void shouldFindAnAlertWithoutDecision() {
    log.transaction("t6").alert("x6", "t6");

    assertThat(audit().orphanAlerts()).containsExactly("x6");
    assertThat(audit().isClean()).isFalse();
  }

  @Test
  void shouldFindWhereAReplayDiffers() {
    AuditReport first = audit();
    PlantedLog replay =
        new PlantedLog().transaction("t1").transaction("t7").decision("t1", 0.3).decision("t7", 0);

    assertThat(new ReplayGivesSameDecisions(first).violations(new Auditor(replay).audit()))
        .containsExactly(
            "decided otherwise in the replay: t1",
            "not decided in the replay: t2",
            "decided in the replay alone: t7");
    new ReplayGivesSameDecisions(first).verify(audit());
  }
}
