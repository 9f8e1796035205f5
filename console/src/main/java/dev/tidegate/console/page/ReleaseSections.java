package dev.tidegate.console.page;

import dev.tidegate.console.models.ReleaseFiles;
import dev.tidegate.console.models.ReleaseFiles.Said;
import dev.tidegate.console.models.ReleaseView;
import dev.tidegate.console.models.ReleaseView.KnownRelease;
import dev.tidegate.console.models.TrialProgress;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the models page about releases: who decides, what waits for people, all that are
 * known.
 *
 * @param name who asked last, to fill in again; may be empty
 */
record ReleaseSections(
    ReleaseView view, ReleaseFiles files, ModelsPage.Acting acting, String name) {
  private static final String DASH = "\u2013";

  Markup render() {
    return Markup.of("{}{}{}", roles(), decisions(), releases());
  }

  private Markup roles() {
    return Markup.of(
        "<section class=\"roles\" aria-label=\"Who decides\">{}{}{}</section>",
        card(
            "Champion",
            view.champion(),
            view.canary() == null
                ? "decides all payments"
                : "decides all payments but the canary\u2019s"),
        view.canary() == null
            ? vacant("Canary", "None decides for a part of the payers.")
            : card("Canary", view.canary(), "decides for " + view.canaryPercent() + " % of payers"),
        view.shadows().isEmpty()
            ? vacant("Shadow", "None scores beside.")
            : Markup.each(
                view.shadows(), one -> card("Shadow", one, "scores beside, decides nothing")));
  }

  private static Markup vacant(String role, String text) {
    return Markup.of("<div class=\"role vacant\"><h2>{}</h2><p>{}</p></div>", role, text);
  }

  private Markup card(String role, String release, String does) {
    KnownRelease known = view.find(release);
    return Markup.of(
        """
        <div class="role" data-role="{}"><h2>{}</h2><p class="release"><bdi>{}</bdi></p>
        <p class="soft">{}</p>{}{}</div>
        """,
        role.toLowerCase(Locale.ROOT),
        role,
        release,
        does,
        progress(known == null ? null : known.trial(), role),
        Markup.when(
            role.equals("Champion") && view.previous() != null,
            Markup.of("<p class=\"soft\">before it: <bdi>{}</bdi></p>", view.previous())));
  }

  private static Markup progress(@Nullable TrialProgress trial, String role) {
    if (role.equals("Champion")) {
      return Markup.EMPTY;
    }
    if (trial == null) {
      return Markup.of("<p class=\"soft\">No trial of it runs here.</p>");
    }
    boolean shadow = role.equals("Shadow");
    long seen = shadow ? trial.shadowed() : trial.decided();
    long due = shadow ? trial.shadowDue() : trial.canaryDue();
    return Markup.of(
        "<progress max=\"{}\" value=\"{}\" aria-label=\"{} of {} decisions\"></progress>"
            + "<p data-trial>{} of {} decisions</p>",
        due,
        Math.min(seen, due),
        seen,
        due,
        Amounts.count(seen),
        Amounts.count(due));
  }

  private Markup decisions() {
    List<KnownRelease> candidates = view.candidates();
    Markup what =
        candidates.isEmpty()
            ? Markup.of(
                "<p class=\"none\">Nothing waits: no release but the champion is known.</p>")
            : Markup.of(
                "<ul class=\"waiting-releases\">{}</ul>", Markup.each(ready(), this::waits));
    return Markup.of(
        """
        <section id="approvals"><h2>Approvals</h2>
        <p class="soft">{}</p>{}{}</section>
        """,
        view.twoPeople()
            ? "Two people: one approves a release, another promotes it. Every step is on the audit."
            : "One person may promote a release. Every step is on the audit.",
        Markup.when(
            !acting.allowed(),
            Markup.of("<p class=\"notice\">Nobody can act here: {}</p>", acting.reason())),
        what);
  }

  /** Those that their trials call ready stand first. */
  private List<KnownRelease> ready() {
    return view.candidates().stream()
        .sorted(Comparator.comparing((KnownRelease one) -> one.ready() == null))
        .toList();
  }

  private Markup waits(KnownRelease release) {
    return Markup.of(
        """
        <li data-release="{}"><div><strong><bdi>{}</bdi></strong> <span class="badge {}">{}</span>
        <p class="soft">{}</p><p>{}</p></div>{}</li>
        """,
        release.name(),
        release.name(),
        release.ready() == null ? "step_up" : "approve",
        release.ready() == null ? view.roleOf(release) : "ready for approval",
        release.ready() == null
            ? "Its trial has not called it ready."
            : "Its trial says: " + release.ready() + ".",
        release.approvedBy().isEmpty()
            ? "Approved by nobody yet."
            : "Approved by " + String.join(", ", release.approvedBy()) + ".",
        Markup.when(acting.allowed(), form(release)));
  }

  private Markup form(KnownRelease release) {
    String base = "/models/" + Markup.address(release.name()) + "/";
    String role = view.roleOf(release);
    boolean serves = role.equals("canary") || role.equals("shadow");
    return Markup.of(
        """
        <form method="post" action="{}approve"><input type="hidden" name="token" value="{}">\
        <label>Your name <input name="by" required maxlength="100" autocomplete="name" value="{}">\
        </label><button class="first">Approve</button>\
        <button formaction="{}promote">Promote</button>{}</form>
        """,
        base,
        acting.token(),
        name,
        base,
        Markup.when(
            serves, Markup.of("<button formaction=\"{}rollback\">Withdraw</button>", base)));
  }

  private Markup releases() {
    return Markup.of(
        """
        <section><h2>Releases <small>{}</small></h2><div class="wide">
        <table aria-label="Releases"><thead><tr><th>Release</th><th>Role</th>\
        <th class="n">PR-AUC</th><th class="n">Recall at budget</th>\
        <th class="n">Precision at budget</th><th class="n">Alert budget</th>\
        <th class="n">Threshold</th><th>Learned from</th><th>Card</th></tr></thead><tbody>
        {}</tbody></table></div>
        <p class="soft">Figures are those of each manifest, on rows its training held out; releases \
        of different windows are compared on the same one in the card.</p>{}</section>
        """,
        Amounts.count(view.releases().size()),
        Markup.each(view.releases(), this::row),
        rollback());
  }

  private Markup rollback() {
    if (!acting.allowed() || view.previous() == null) {
      return Markup.EMPTY;
    }
    return Markup.of(
        """
        <details class="back"><summary>Roll the champion back to <bdi>{}</bdi></summary>
        <form method="post" action="/models/{}/rollback">\
        <input type="hidden" name="token" value="{}">\
        <label>Your name <input name="by" required maxlength="100" autocomplete="name" value="{}">\
        </label><button>Roll back</button></form></details>
        """,
        view.previous(),
        Markup.address(view.champion()),
        acting.token(),
        name);
  }

  private Markup row(KnownRelease release) {
    Optional<Said> said = files.manifest(release);
    return Markup.of(
        """
        <tr><td><bdi>{}</bdi></td><td>{}</td><td class="n">{}</td><td class="n">{}</td>\
        <td class="n">{}</td><td class="n">{}</td><td class="n">{}</td><td>{}</td><td>{}</td></tr>
        """,
        release.name(),
        view.roleOf(release),
        figure(said.map(one -> one.metric("validationPrAuc")), "%.3f", 1),
        figure(said.map(one -> one.metric("validationRecallAtBudget")), "%.1f %%", 100),
        figure(said.map(one -> one.metric("validationPrecisionAtBudget")), "%.1f %%", 100),
        figure(said.map(one -> one.number("alertBudgetPercent")), "%.2f %%", 1),
        figure(said.map(one -> one.number("threshold")), "%.4f", 1),
        said.map(ReleaseSections::learned).orElse("manifest not readable here"),
        cardLink(release, said));
  }

  private static Markup cardLink(KnownRelease release, Optional<Said> said) {
    return said.map(Said::hasCard).orElse(false)
        ? Markup.of("<a href=\"/models/{}/card\">card</a>", Markup.address(release.name()))
        : Markup.of("{}", DASH);
  }

  private static String learned(Said said) {
    String since = said.training("since");
    String until = said.training("until");
    String rows = said.training("rows");
    if (since.length() < 10 || until.length() < 10) {
      return DASH;
    }
    return since.substring(0, 10)
        + " to "
        + until.substring(0, 10)
        + (rows.matches("\\d{1,18}") ? ", " + Amounts.count(Long.parseLong(rows)) + " rows" : "");
  }

  private static String figure(Optional<OptionalDouble> figure, String format, double factor) {
    OptionalDouble value = figure.orElse(OptionalDouble.empty());
    return value.isPresent()
        ? String.format(Locale.ROOT, format, factor * value.getAsDouble())
        : DASH;
  }
}
