package dev.tidegate.console.page;

import dev.tidegate.console.status.Standing;
import dev.tidegate.console.store.AlertFilter;
import dev.tidegate.console.store.AlertPage;
import dev.tidegate.schemas.event.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The queue: alerts newest first, with search and filters.
 *
 * @param filter which alerts are wanted
 * @param alerts the page of them
 * @param newest {@code seq} up to which this page knows; the live stream goes on from there
 * @param first true if these are the newest alerts, which go on live
 * @param standing counts and states
 * @param now the moment
 */
public record QueuePage(
    AlertFilter filter,
    AlertPage alerts,
    long newest,
    boolean first,
    Standing standing,
    Instant now) {

  /** The whole page. */
  public Markup render(Layout layout) {
    Markup body =
        Markup.of(
            """
            <div class="desk" data-desk>
            <section class="queue" aria-labelledby="queue-title">
            <div class="tools">
            <h1 id="queue-title" class="hush">Alerts</h1>
            {}{}
            </div>
            <a class="fresh" href="{}" data-fresh hidden></a>
            <table role="table" aria-label="Alerts, newest first" data-queue data-newest="{}" \
            data-live-rows="{}" data-stream="{}"{}>
            {}<tbody role="rowgroup">
            {}</tbody></table>
            {}{}
            </section>
            <aside class="panel" data-panel aria-label="Alert" tabindex="-1" hidden></aside>
            </div>""",
            search(),
            outcomes(),
            link(filter.query(), outcomeName(), null),
            newest,
            first,
            "/api/stream?view=rows" + narrowed(),
            Markup.when(alerts.alerts().isEmpty(), Markup.of(" hidden")),
            AlertRow.head(),
            Markup.each(alerts.alerts(), alert -> AlertRow.of(alert, now)),
            empty(),
            pager());
    return layout.page("Alerts", standing, body);
  }

  private Markup search() {
    return Markup.of(
        """
        <form class="search" role="search" action="/" method="get">
        <label class="hush" for="q">Search alerts</label>
        <input id="q" name="q" type="search" value="{}" maxlength="300" autocomplete="off" \
        spellcheck="false" placeholder="Search account, merchant, device\u2026">
        <kbd aria-hidden="true">/</kbd>{}
        <button class="hush">Search</button>
        </form>
        """,
        filter.query(),
        filter.outcome() == null
            ? Markup.EMPTY
            : Markup.of("<input type=\"hidden\" name=\"outcome\" value=\"{}\">", outcomeName()));
  }

  private Markup outcomes() {
    Map<String, String> counts = StatusStrip.texts(standing);
    Markup all = chip("All", null, counts.getOrDefault("total", "0"), "total");
    Markup each =
        Markup.each(
            List.of(Outcome.DECLINE, Outcome.HOLD, Outcome.STEP_UP, Outcome.APPROVE),
            outcome -> {
              String key = "outcome-" + outcome.name();
              return chip(
                  Wording.outcome(outcome), outcome.name(), counts.getOrDefault(key, "0"), key);
            });
    return Markup.of("<nav class=\"chips\" aria-label=\"Outcome\">{}{}</nav>", all, each);
  }

  private Markup chip(String label, @Nullable String outcome, String count, String key) {
    boolean current = outcome == null ? outcomeName().isEmpty() : outcome.equals(outcomeName());
    return Markup.of(
        "<a href=\"{}\"{}>{} <span data-live=\"{}\">{}</span></a>",
        link(filter.query(), outcome == null ? "" : outcome, null),
        Markup.when(current, Markup.of(" aria-current=\"true\"")),
        label,
        key,
        count);
  }

  private Markup empty() {
    Markup hidden = Markup.when(!alerts.alerts().isEmpty(), Markup.of(" hidden"));
    if (!filter.isEmpty()) {
      return Markup.of(
          """
          <div class="empty" data-empty{}><h2>No alert matches</h2>
          <p>A new alert that matches will appear here by itself.</p>
          <p><a href="/">Show all alerts</a></p></div>
          """,
          hidden);
    }
    if (!first) {
      return Markup.of(
          "<div class=\"empty\" data-empty{}><h2>No older alerts</h2>"
              + "<p><a href=\"/\">Newest alerts</a></p></div>",
          hidden);
    }
    return Markup.of(
        """
        <div class="empty" data-empty{}><h2>Waiting for the first alert</h2>
        <p>Payments are scored as they arrive. One whose score reaches the threshold of the \
        release in service is raised as an alert and appears here by itself, without a reload.</p>
        <dl class="waiting"><div><dt>Intake</dt><dd data-live="intake">{}</dd></div>{}</dl></div>
        """,
        hidden,
        StatusStrip.texts(standing).getOrDefault("intake", ""),
        decisions());
  }

  private Markup decisions() {
    return standing.platform() == null
        ? Markup.EMPTY
        : Markup.of(
            "<div><dt>Payments decided</dt><dd data-live=\"decisions\">{}</dd></div>",
            Amounts.count(standing.platform().decisions()));
  }

  private Markup pager() {
    Markup newer =
        Markup.when(
            !first,
            Markup.of(
                "<a rel=\"first\" href=\"{}\">Newest</a>",
                link(filter.query(), outcomeName(), null)));
    Markup older =
        alerts.older().isEmpty()
            ? Markup.EMPTY
            : Markup.of(
                "<a rel=\"next\" data-older href=\"{}\">Older alerts</a>",
                link(filter.query(), outcomeName(), alerts.older().getAsLong()));
    return Markup.of("<nav class=\"pager\" aria-label=\"Pages\">{}{}</nav>", newer, older);
  }

  private String outcomeName() {
    return filter.outcome() == null ? "" : filter.outcome().name();
  }

  private String narrowed() {
    String query = filter.query();
    return (query.isEmpty() ? "" : "&q=" + Markup.address(query))
        + (outcomeName().isEmpty() ? "" : "&outcome=" + outcomeName());
  }

  /** Address of the queue with a query and an outcome, at a cursor. */
  static String link(String query, String outcome, @Nullable Long before) {
    StringBuilder address = new StringBuilder("/");
    char separator = '?';
    if (!query.isEmpty()) {
      address.append(separator).append("q=").append(Markup.address(query));
      separator = '&';
    }
    if (!outcome.isEmpty()) {
      address.append(separator).append("outcome=").append(outcome);
      separator = '&';
    }
    if (before != null) {
      address.append(separator).append("before=").append(before);
    }
    return address.toString();
  }
}
