package dev.tidegate.console.page;

import dev.tidegate.console.drift.DriftBook;
import dev.tidegate.console.drift.DriftBook.Monitor;
import dev.tidegate.console.drift.DriftBook.Reading;
import dev.tidegate.console.drift.DriftJson;
import dev.tidegate.console.drift.MonitorWords;
import dev.tidegate.console.intake.IntakeState;
import dev.tidegate.console.status.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The drift monitors: a chart of each, which the page's script draws, and the same as a table.
 *
 * @param monitors those in alarm first
 * @param version of the book when they were asked for
 * @param intake what the intake of readings does
 * @param now the moment
 */
public record DriftPage(List<Monitor> monitors, long version, IntakeState intake, Instant now) {
  private static final int LISTED = 12;

  /** Copies the list. */
  public DriftPage {
    monitors = List.copyOf(monitors);
  }

  /** The whole page. */
  public Markup render(Layout layout, Standing standing) {
    Markup body =
        Markup.of(
            """
            <div class="control">
            <header class="lead"><h1>Drift</h1><p>Each monitor's statistic over the time of the \
            payments, and the threshold from which it calls it drift</p></header>
            <div class="charts" data-charts hidden></div>
            <div data-refresh="/drift?view=body" data-version="{}">{}</div>
            </div>\
            """,
            tag(),
            body());
    return layout.page(
        "Drift",
        standing,
        body,
        List.of("uplot.css", "control.css", "uplot.js", "control.js", "drift.js"));
  }

  /** Changes whenever the page does, but for ages. */
  public String tag() {
    return Integer.toHexString(Objects.hash(version, intake));
  }

  /** The table and what is said beside it. */
  public Markup body() {
    Markup fault = intake.running() ? Markup.EMPTY : fault();
    return Markup.of("{}{}", fault, monitors.isEmpty() ? empty() : table());
  }

  private Markup fault() {
    if (intake.phase() == IntakeState.Phase.STARTING) {
      return Markup.of(
          "<p class=\"notice\" role=\"status\">Starting: the readings that stand are still being "
              + "read. What is here is not the newest yet.</p>");
    }
    return Markup.of(
        "<p class=\"notice refused\" role=\"status\">What stands here may be old: the "
            + "topic of readings is not read at the moment{}</p>",
        intake.note().isEmpty() ? "." : ", " + intake.note() + ".");
  }

  private static Markup empty() {
    return Markup.of(
        """
        <div class="empty"><h2>No reading yet</h2>
        <p>Monitors compare windows of decided payments with what the release in charge learned \
        from. A first window must be full before there is a reading; it appears here by itself.</p>
        </div>
        """);
  }

  private Markup table() {
    return Markup.of(
"""
<section><h2>Monitors <small>{}</small></h2><div class="wide">
<table aria-label="Monitors"><thead><tr><th>Monitor</th><th>Of</th><th>State</th>\
<th class="n">Statistic</th><th class="n">Threshold</th><th class="n">Alarms</th>\
<th class="n">Observations</th><th>Up to</th><th>Against</th></tr></thead><tbody>
{}</tbody></table></div>
<p class="soft">The newest {} readings of each monitor are kept here, of at most {} \
monitors; the first {} are drawn. All stand on the topic <code>drift</code>. Times are those \
of the payments, UTC. A monitor that is filling compares nothing yet: the payments seen do \
not go back as far as what it compares.</p></section>
""",
        Amounts.count(monitors.size()),
        Markup.each(monitors, this::row),
        DriftBook.MOST_READINGS,
        DriftBook.MOST_MONITORS,
        DriftJson.MOST_DRAWN);
  }

  private Markup row(Monitor monitor) {
    MonitorWords words = MonitorWords.of(monitor.monitor());
    Reading newest = monitor.newest();
    return Markup.of(
"""
<tr data-monitor="{}:{}"><td><details><summary>{}</summary>{}</details></td><td><bdi>{}</bdi>\
</td><td><span class="badge {}">{}</span></td><td class="n">{}</td><td class="n">{}</td>\
<td class="n">{}</td><td class="n">{}</td><td>{}</td><td><bdi>{}</bdi></td></tr>
""",
        monitor.monitor(),
        monitor.subject(),
        words.title(),
        readings(monitor),
        MonitorWords.subject(monitor.subject()),
        badge(newest),
        newest.state(),
        figure(newest.statistic()),
        figure(newest.threshold()),
        Amounts.count(monitor.alarms()),
        Amounts.count(newest.samples()),
        Moments.plain(newest.endMs()),
        newest.release());
  }

  private static String badge(Reading newest) {
    if (newest.filling() != null) {
      return "hold";
    }
    return newest.drifted() ? "decline" : "approve";
  }

  private static Markup readings(Monitor monitor) {
    List<Reading> all = monitor.readings();
    List<Reading> last = all.subList(Math.max(0, all.size() - LISTED), all.size());
    return Markup.of(
        "<ol class=\"readings\" aria-label=\"Last readings\">{}</ol>",
        Markup.each(
            last,
            one ->
                Markup.of(
                    "<li>{} <b>{}</b>{}</li>",
                    Moments.plain(one.endMs()),
                    figure(one.statistic()),
                    Markup.when(one.drifted(), Markup.of(" drift")))));
  }

  /** Three digits that count, as people write them. */
  static String figure(double value) {
    if (!Double.isFinite(value)) {
      return "\u2013";
    }
    double size = Math.abs(value);
    if (size >= 1000) {
      return size < 1e9
          ? String.format(Locale.ROOT, "%,.0f", value)
          : String.format(Locale.ROOT, "%.2e", value);
    }
    if (size >= 10 || size == 0) {
      return String.format(Locale.ROOT, size == 0 ? "%.0f" : "%.1f", value);
    }
    return size >= 0.001
        ? String.format(Locale.ROOT, size >= 1 ? "%.2f" : "%.4f", value)
        : String.format(Locale.ROOT, "%.1e", value);
  }
}
