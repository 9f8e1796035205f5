package dev.tidegate.console.page;

import dev.tidegate.console.intake.IntakeState;
import dev.tidegate.console.models.ReleaseBook;
import dev.tidegate.console.models.ReleaseFiles;
import dev.tidegate.console.models.ReleaseView;
import dev.tidegate.console.status.Standing;
import dev.tidegate.schemas.event.AuditEvent;
import dev.tidegate.schemas.event.RetrainRun;
import dev.tidegate.schemas.event.RunState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Releases, who decides, trials, what waits for people, training runs and the last control actions.
 *
 * @param book what the topics say
 * @param view what the steps come to; null if that cannot be told here
 * @param files manifests and cards
 * @param intake what the intake of these topics does
 * @param acting whether people may act here
 * @param notice what has just been done or refused; null for nothing
 * @param now the moment
 */
public record ModelsPage(
    ReleaseBook.Page book,
    @Nullable ReleaseView view,
    ReleaseFiles files,
    IntakeState intake,
    Acting acting,
    @Nullable Notice notice,
    Instant now) {
  private static final int MOST_ACTIONS = 30;
  private static final int MOST_RUNS = 50;
  private static final Comparator<AuditEvent> NEWEST_FIRST =
      Comparator.comparingLong(AuditEvent::getSequence).reversed();

  /**
   * Whether people may act here.
   *
   * @param token goes with each form, so that no other web site can send one; empty if none may
   * @param reason why nobody may, a sentence; empty if people may
   */
  public record Acting(String token, String reason) {
    boolean allowed() {
      return reason.isEmpty();
    }
  }

  /**
   * What has just happened.
   *
   * @param text a sentence
   * @param answer what became of it
   * @param by who asked
   */
  public record Notice(String text, Answer answer, String by) {}

  /** What became of something that was asked for. */
  public enum Answer {
    /** It was done. */
    DONE("done", "status", "Done."),
    /** It was not. */
    REFUSED("refused", "alert", "Refused."),
    /** It may have been done or not. */
    UNKNOWN("refused", "alert", "Not known.");

    private final String look;
    private final String role;
    private final String head;

    Answer(String look, String role, String head) {
      this.look = look;
      this.role = role;
      this.head = head;
    }
  }

  /** The whole page. */
  public Markup render(Layout layout, Standing standing) {
    Markup body =
        Markup.of(
            "<div class=\"control\" data-refresh=\"/models?view=body\" data-version=\"{}\">"
                + "{}</div>",
            version(),
            body());
    return layout.page("Models", standing, body, List.of("control.css", "control.js"));
  }

  /** Changes whenever the page does, but for ages. */
  public String version() {
    return Integer.toHexString(Objects.hash(book.version(), view, intake));
  }

  /** What is inside the page. */
  public Markup body() {
    return Markup.of(
        "<header class=\"lead\"><h1>Models</h1><p>{}</p></header>{}{}{}{}{}",
        view == null ? "Releases and the runs that make them" : view.model(),
        faults(),
        said(),
        view == null
            ? unknown()
            : new ReleaseSections(view, files, acting, notice == null ? "" : notice.by()).render(),
        runs(),
        actions());
  }

  private Markup faults() {
    return intake.running()
        ? Markup.EMPTY
        : Markup.of(
            "<p class=\"notice refused\" role=\"status\">What stands here may be old: the control "
                + "topics are not read at the moment{}</p>",
            intake.note().isEmpty() ? "." : ", " + intake.note() + ".");
  }

  private Markup said() {
    if (notice == null) {
      return Markup.EMPTY;
    }
    return Markup.of(
        "<p class=\"notice {}\" role=\"{}\" data-notice><strong>{}</strong> {}</p>",
        notice.answer().look,
        notice.answer().role,
        notice.answer().head,
        notice.text());
  }

  private Markup unknown() {
    return Markup.of(
        "<section><h2>Releases</h2><p class=\"none\">Who is champion is not known here: {}</p>"
            + "</section>",
        acting.reason().isEmpty() ? "nothing was read yet." : acting.reason());
  }

  private Markup runs() {
    if (book.runs().isEmpty()) {
      return Markup.of(
          "<section><h2>Training runs</h2><p class=\"none\">None yet. A run begins when a monitor "
              + "confirms drift, on schedule, or by <code>tidegate retrain request</code>.</p>"
              + "</section>");
    }
    List<RetrainRun> shown = book.runs().subList(0, Math.min(MOST_RUNS, book.runs().size()));
    return Markup.of(
        """
        <section><h2>Training runs <small>{}</small></h2><div class="wide">
        <table aria-label="Training runs"><thead><tr><th>State</th><th>Changed</th><th>Cause</th>\
        <th>Release</th><th>What happened</th><th>Run</th></tr></thead><tbody>
        {}</tbody></table></div></section>
        """,
        shown.size() < book.runs().size()
            ? "newest " + shown.size() + " of " + book.runs().size()
            : Amounts.count(shown.size()),
        Markup.each(shown, this::run));
  }

  private Markup run(RetrainRun run) {
    return Markup.of(
        """
        <tr><td><span class="badge {}">{}</span></td><td>{}</td><td>{}</td><td><bdi>{}</bdi></td>\
        <td class="prose">{}</td><td><code>{}</code></td></tr>
        """,
        look(run.getState()),
        run.getState().name().toLowerCase(Locale.ROOT),
        Moments.age(run.getAtMs(), now),
        run.getCause(),
        run.getRelease() == null ? "\u2013" : run.getRelease(),
        run.getDetail(),
        run.getRunId());
  }

  private static String look(RunState state) {
    return switch (state) {
      case CREATED, RUNNING -> "step_up";
      case SUCCEEDED -> "approve";
      case REFUSED -> "hold";
      case FAILED -> "decline";
    };
  }

  private Markup actions() {
    List<AuditEvent> audit = book.audit();
    if (audit.isEmpty()) {
      return Markup.EMPTY;
    }
    List<AuditEvent> newest = audit.subList(Math.max(0, audit.size() - MOST_ACTIONS), audit.size());
    return Markup.of(
        """
        <section><h2>Last actions <small>from the audit, newest first</small></h2>
        <div class="wide"><table aria-label="Last actions"><thead><tr><th>When</th><th>Action</th>\
        <th>Release</th><th>By</th><th>Then</th></tr></thead><tbody>
        {}</tbody></table></div></section>
        """,
        Markup.each(newest.stream().sorted(NEWEST_FIRST).toList(), this::action));
  }

  private Markup action(AuditEvent event) {
    String to = event.getTo() == null ? "" : event.getTo();
    boolean sum = to.matches("[0-9a-f]{64}");
    return Markup.of(
        "<tr><td>{}</td><td>{}</td><td><bdi>{}</bdi></td><td><bdi>{}</bdi></td>"
            + "<td class=\"prose\">{}</td></tr>",
        Moments.age(event.getAtMs(), now),
        event.getAction().replaceFirst("^model\\.", ""),
        event.getSubject(),
        event.getActor(),
        sum ? "manifest " + to.substring(0, 12) + "\u2026" : to);
  }
}
