package dev.tidegate.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.console.SampleControl;
import dev.tidegate.console.drift.DriftBook;
import dev.tidegate.console.intake.IntakeState;
import dev.tidegate.console.log.LogBatch;
import dev.tidegate.console.models.ReleaseBook;
import dev.tidegate.console.models.ReleaseFiles;
import dev.tidegate.console.models.ReleaseView;
import dev.tidegate.console.models.ReleaseView.KnownRelease;
import dev.tidegate.console.models.TrialProgress;
import dev.tidegate.console.status.Standing;
import dev.tidegate.console.store.AlertCounts;
import dev.tidegate.schemas.event.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ControlPagesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String HOSTILE = "<script>alert('x')</script>\"onload=\"y";
  private static final IntakeState RUNNING = new IntakeState(IntakeState.Phase.RUNNING, "");
  private static final IntakeState DOWN =
      new IntakeState(IntakeState.Phase.RETRYING, "Kafka at k:1 does not answer");
  private static final Layout LAYOUT = new Layout(Map.of());
  private static final Standing STANDING =
      new Standing(new AlertCounts(0, 0, Map.of()), RUNNING, null);

  private final SampleControl samples = new SampleControl(NOW.toEpochMilli());
  private final ReleaseBook book = new ReleaseBook();

  private static KnownRelease release(String name, List<String> approvedBy) {
    return new KnownRelease(
        name,
        "/nowhere",
        SampleControl.SUM,
        false,
        approvedBy,
        null,
        new TrialProgress(name, "shadow", 300, 20_000, 0, 20_000));
  }

  private static ReleaseView view(String champion, String shadow, List<String> approvedBy) {
    return new ReleaseView(
        "payments-sim",
        champion,
        null,
        0,
        List.of(shadow),
        null,
        true,
        List.of(release(shadow, approvedBy), release(champion, List.of())));
  }

  private ModelsPage page(@Nullable ReleaseView view, String reason) {
    return new ModelsPage(
        book.page(),
        view,
        new ReleaseFiles(null),
        RUNNING,
        new ModelsPage.Acting("secret", reason),
        null,
        NOW);
  }

  @Test
  void shouldShowRolesProgressAndAFormForEachCandidate() {
    String html = page(view("m-1", "m-2", List.of("ann")), "").body().html();

    assertThat(html)
        .contains(
            "data-role=\"champion\"",
            "300 of 20,000 decisions",
            "Approved by ann.",
            "action=\"/models/m-2/approve\"",
            "formaction=\"/models/m-2/promote\"",
            "formaction=\"/models/m-2/rollback\"",
            "value=\"secret\"",
            "manifest not readable here",
            "None yet. A run begins")
        .doesNotContain("action=\"/models/m-1/approve\"");
  }

  @Test
  void shouldOfferNoFormWhereNobodyMayAct() {
    String html = page(view("m-1", "m-2", List.of()), "it has no log-in.").body().html();

    assertThat(html).contains("Nobody can act here: it has no log-in.").doesNotContain("<form");
  }

  @Test
  void shouldSayWhyNothingIsKnown() {
    assertThat(page(null, "the release cannot be read").body().html())
        .contains("Who is champion is not known here: the release cannot be read");
  }

  @Test
  void shouldEscapeWhatEventsBringAndUseNoInlineScriptOrStyle() {
    book.runs()
        .accept(LogBatch.of(List.of(samples.run(HOSTILE, RunState.FAILED, 5, HOSTILE, HOSTILE))));
    book.audit().accept(LogBatch.of(List.of(samples.action(HOSTILE, "model.x", HOSTILE, HOSTILE))));
    DriftBook readings = new DriftBook();
    readings.log().accept(LogBatch.of(List.of(SampleControl.reading(HOSTILE, HOSTILE, 1, 2, 1))));
    ModelsPage models =
        new ModelsPage(
            book.page(),
            view(HOSTILE, HOSTILE + "2", List.of(HOSTILE)),
            new ReleaseFiles(null),
            DOWN,
            new ModelsPage.Acting("t", ""),
            new ModelsPage.Notice(HOSTILE, ModelsPage.Answer.REFUSED, HOSTILE),
            NOW);
    DriftPage drift = new DriftPage(readings.monitors(), readings.version(), DOWN, NOW);

    for (Markup page : List.of(models.render(LAYOUT, STANDING), drift.render(LAYOUT, STANDING))) {
      assertThat(page.html())
          .contains("&lt;script&gt;", "not read at the moment, Kafka at k:1 does not answer")
          .doesNotContain("<script>", "\"onload")
          .doesNotContainPattern("<style|\\sstyle=|\\son[a-z]+=\"|javascript:");
    }
  }

  @Test
  void shouldSayThatThereIsNoReadingYet() {
    String html = new DriftPage(List.of(), 0, RUNNING, NOW).body().html();

    assertThat(html).contains("No reading yet").doesNotContain("<table");
  }

  @Test
  void shouldListEachMonitorWithoutAScript() {
    DriftBook readings = new DriftBook();
    readings.log().accept(LogBatch.of(samples.readings(20)));
    DriftPage page = new DriftPage(readings.monitors(), readings.version(), RUNNING, NOW);

    assertThat(page.body().html())
        .contains(
            "data-monitor=\"alert-rate:rise\"",
            "<summary>Score drift</summary>",
            "<summary>Data quality: unseen</summary>",
            "merchant category",
            "25,000",
            "newest 500 readings of each monitor");
    assertThat(page.tag())
        .isNotEqualTo(new DriftPage(List.of(), readings.version() + 1, RUNNING, NOW).tag());
  }

  @Test
  void shouldWriteFiguresInFewDigits() {
    assertThat(List.of(0.0, 0.01851, 1.234, 25.26, 25_000.0, 3.2e12, 0.00001, Double.NaN))
        .extracting(DriftPage::figure)
        .containsExactly("0", "0.0185", "1.23", "25.3", "25,000", "3.20e+12", "1.0e-05", "\u2013");
  }

  @Test
  void shouldMarkThePlaceInTheNavigation() {
    String html = new DriftPage(List.of(), 0, RUNNING, NOW).render(LAYOUT, STANDING).html();

    assertThat(html)
        .contains("<a href=\"/drift\" aria-current=\"page\">Drift</a>", "<a href=\"/models\">");
  }
}
