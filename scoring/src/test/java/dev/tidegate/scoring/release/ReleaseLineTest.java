package dev.tidegate.scoring.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.schemas.event.ModelRelease;
import dev.tidegate.schemas.event.ReleaseAction;
import dev.tidegate.scoring.release.ReleaseLine.Known;
import dev.tidegate.scoring.release.ReleaseLine.Roles;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReleaseLineTest {
  private final ReleaseLine line = new ReleaseLine("fixture", new Known("a", "", "0".repeat(64)));

  @Test
  void shouldBeginWithTheReleaseAtHand() {
    assertThat(line.roles()).isEqualTo(new Roles("a", null, 0, List.of(), null));
  }

  @Test
  void shouldLeadAReleaseThroughItsLife() {
    taken(ReleaseAction.PUBLISH, "b");
    assertThat(line.roles()).isEqualTo(new Roles("a", null, 0, List.of(), null));
    taken(ReleaseAction.SHADOW, "b");
    assertThat(line.roles()).isEqualTo(new Roles("a", null, 0, List.of("b"), null));
    take(ReleaseSteps.canary("b", 5));
    assertThat(line.roles()).isEqualTo(new Roles("a", "b", 5, List.of(), null));
    take(ReleaseSteps.canary("b", 50));
    assertThat(line.roles().percent()).isEqualTo(50);
    taken(ReleaseAction.CHAMPION, "b");
    assertThat(line.roles()).isEqualTo(new Roles("b", null, 0, List.of(), "a"));
    taken(ReleaseAction.ROLLBACK, "b");
    assertThat(line.roles()).isEqualTo(new Roles("a", null, 0, List.of(), null));
  }

  @Test
  void shouldWithdrawShadowAndCanary() {
    taken(ReleaseAction.SHADOW, "b");
    taken(ReleaseAction.ROLLBACK, "b");
    take(ReleaseSteps.canary("c", 5));
    taken(ReleaseAction.ROLLBACK, "c");

    assertThat(line.roles()).isEqualTo(new Roles("a", null, 0, List.of(), null));
  }

  @Test
  void shouldTakeAStepThatComesTwice() {
    for (ReleaseAction action : List.of(ReleaseAction.CHAMPION, ReleaseAction.ROLLBACK)) {
      taken(action, "b");
      taken(action, "b");
    }
    taken(ReleaseAction.RETIRE, "b");
    taken(ReleaseAction.RETIRE, "b");

    assertThat(line.roles().champion()).isEqualTo("a");
  }

  @Test
  void shouldGoBackTheWayItCame() {
    taken(ReleaseAction.CHAMPION, "b");
    taken(ReleaseAction.CHAMPION, "c");
    taken(ReleaseAction.CHAMPION, "b");
    assertThat(line.roles().previous()).isEqualTo("c");
    taken(ReleaseAction.ROLLBACK, "b");
    assertThat(line.roles().champion()).isEqualTo("c");
    taken(ReleaseAction.ROLLBACK, "c");
    assertThat(line.roles().champion()).isEqualTo("a");
  }

  @Test
  void shouldRefuseWhatCannotBe() {
    refused(ReleaseSteps.step(ReleaseAction.ROLLBACK, "a"), "no champion before");
    refused(ReleaseSteps.step(ReleaseAction.ROLLBACK, "z"), "not known");
    refused(ReleaseSteps.step(ReleaseAction.SHADOW, "a"), "champion");
    refused(ReleaseSteps.step(ReleaseAction.RETIRE, "a"), "champion");
    refused(ReleaseSteps.canary("a", 5), "champion");
    refused(ReleaseSteps.canary("b", null), "percent");
    refused(ReleaseSteps.canary("b", 0), "percent");
    refused(ReleaseSteps.canary("b", 100), "percent");
    take(ReleaseSteps.canary("b", 5));
    refused(ReleaseSteps.canary("c", 5), "b is the canary");
    taken(ReleaseAction.RETIRE, "b");
    refused(ReleaseSteps.step(ReleaseAction.CHAMPION, "b"), "retired");
    List.of("s1", "s2", "s3", "s4").forEach(one -> taken(ReleaseAction.SHADOW, one));
    refused(ReleaseSteps.step(ReleaseAction.SHADOW, "s5"), "4 shadows");

    assertThat(line.roles())
        .isEqualTo(new Roles("a", null, 0, List.of("s1", "s2", "s3", "s4"), null));
  }

  @Test
  void shouldRefuseAReleaseThatIsAnotherThanBefore() {
    taken(ReleaseAction.SHADOW, "b");

    refused(
        ReleaseSteps.step(ReleaseAction.CHAMPION, "b", "/releases/b", "1".repeat(64), null),
        "never change");
  }

  @Test
  void shouldLeaveAloneWhatIsAboutAnotherModel() {
    ModelRelease other =
        ModelRelease.newBuilder(ReleaseSteps.step(ReleaseAction.CHAMPION, "b"))
            .setModel("other")
            .build();

    assertThat(line.apply(other)).isNull();
    assertThat(line.known("b")).isNull();
    assertThat(line.roles().champion()).isEqualTo("a");
  }

  @Test
  void shouldFallToWhoCanServeUntilTheOtherIsNamedAnew() {
    taken(ReleaseAction.CHAMPION, "b");
    line.unusable("b");
    assertThat(line.roles().champion()).isEqualTo("a");
    taken(ReleaseAction.CHAMPION, "b");
    assertThat(line.roles().champion()).isEqualTo("b");
  }

  @Test
  void shouldFallToTheFirstWhereNobodyNamedCanServe() {
    taken(ReleaseAction.CHAMPION, "b");
    taken(ReleaseAction.RETIRE, "a");
    line.unusable("b");
    assertThat(line.roles()).isEqualTo(new Roles("a", null, 0, List.of(), null));
  }

  @Test
  void shouldTakeTheSameStepsWhetherOrNotReleasesCouldBeLoaded() {
    taken(ReleaseAction.CHAMPION, "b");
    line.unusable("b");
    taken(ReleaseAction.CHAMPION, "a");
    taken(ReleaseAction.ROLLBACK, "a");
    assertThat(line.roles().champion()).isEqualTo("a");
  }

  @Test
  void shouldTakeTheNewestFolderOfARelease() {
    taken(ReleaseAction.SHADOW, "b");
    take(ReleaseSteps.step(ReleaseAction.SHADOW, "b", "/mended/b", "0".repeat(64), null));
    assertThat(line.known("b")).isEqualTo(new Known("b", "/mended/b", "0".repeat(64)));
    assertThat(line.namings("b")).isEqualTo(2);
  }

  private void taken(ReleaseAction action, String release) {
    take(ReleaseSteps.step(action, release));
  }

  private void take(ModelRelease event) {
    assertThat(line.apply(event)).isNull();
  }

  private void refused(ModelRelease event, String reason) {
    assertThat(line.apply(event)).contains(reason);
  }
}
