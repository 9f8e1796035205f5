package dev.tidegate.console.page;

import dev.tidegate.console.status.Standing;
import java.util.List;
import java.util.Map;

/**
 * What every page shares: head, the strip of counts, the help.
 *
 * @param assets address of each static file by its name, with its version
 */
public record Layout(Map<String, String> assets) {
  private static final List<Place> PLACES =
      List.of(
          new Place("Alerts", "/"), new Place("Drift", "/drift"), new Place("Models", "/models"));

  private record Place(String name, String address) {}

  /** Copies the map. */
  public Layout {
    assets = Map.copyOf(assets);
  }

  /** A whole page. */
  Markup page(String title, Standing standing, Markup body) {
    return page(title, standing, body, List.of());
  }

  /**
   * A whole page.
   *
   * @param title also the name of its place in the navigation, if it has one
   * @param more names of further style sheets and scripts, in their order
   */
  Markup page(String title, Standing standing, Markup body, List<String> more) {
    return Markup.of(
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{} · Tidegate</title>
        <link rel="icon" type="image/svg+xml" href="{}">
        <link rel="stylesheet" href="{}">
        <link rel="stylesheet" href="{}">
        <script src="{}" defer></script>
        {}</head>
        <body>
        <a class="skip" href="#content">Skip to the content</a>
        <header class="top">
        <a class="brand" href="/" aria-label="Tidegate, all alerts">{}<span>Tidegate</span></a>
        <nav class="places" aria-label="Pages">{}</nav>
        {}
        <p class="link" role="status" data-link="off"><i aria-hidden="true"></i>\
        <span data-link-text>static</span></p>
        <button type="button" class="key" data-help aria-haspopup="dialog" \
        aria-label="Keyboard help">?</button>
        </header>
        <main id="content">{}</main>
        {}
        <p class="hush" aria-live="polite" data-announce></p>
        </body>
        </html>
        """,
        title,
        assets.get("favicon.svg"),
        assets.get("console.css"),
        assets.get("alert.css"),
        assets.get("console.js"),
        Markup.each(more, this::asset),
        mark(),
        Markup.each(PLACES, place -> place(place, title)),
        StatusStrip.render(standing),
        body,
        help());
  }

  private Markup asset(String name) {
    String template =
        name.endsWith(".css")
            ? "<link rel=\"stylesheet\" href=\"{}\">\n"
            : "<script src=\"{}\" defer></script>\n";
    return Markup.of(template, assets.get(name));
  }

  private static Markup place(Place place, String title) {
    return Markup.of(
        "<a href=\"{}\"{}>{}</a>",
        place.address,
        Markup.when(place.name.equals(title), Markup.of(" aria-current=\"page\"")),
        place.name);
  }

  /** A page that says one thing, for example that there is no such alert. */
  public Markup message(String title, String text, Standing standing) {
    return page(
        title,
        standing,
        Markup.of(
            "<div class=\"empty\"><h1>{}</h1><p>{}</p><p><a href=\"/\">All alerts</a></p></div>",
            title,
            text));
  }

  private static Markup mark() {
    return Markup.of(
        """
        <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">\
        <path d="M4 3v18M20 3v18" class="posts"/>\
        <path d="M4 10c2.7-2.4 5.3-2.4 8 0s5.3 2.4 8 0" class="wave"/>\
        <path d="M4 15.5c2.7-2.4 5.3-2.4 8 0s5.3 2.4 8 0" class="wave"/></svg>""");
  }

  private static Markup help() {
    return Markup.of(
        """
        <dialog data-keys aria-labelledby="keys-title">
        <h2 id="keys-title">Keyboard</h2>
        <dl>
        <div><dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>next and previous alert</dd></div>
        <div><dt><kbd>Enter</kbd></dt><dd>open the alert beside the list</dd></div>
        <div><dt><kbd>o</kbd></dt><dd>open the alert as a page</dd></div>
        <div><dt><kbd>Esc</kbd></dt><dd>close what is open</dd></div>
        <div><dt><kbd>n</kbd></dt><dd>go to the newest alert</dd></div>
        <div><dt><kbd>/</kbd></dt><dd>search</dd></div>
        <div><dt><kbd>?</kbd></dt><dd>this help</dd></div>
        </dl>
        <p>Search finds any part of an id, account, merchant, device, country or channel.
        <code>account:ID</code> and <code>counterparty:ID</code> find exactly that one.</p>
        <form method="dialog"><button autofocus>Close</button></form>
        </dialog>""");
  }
}
