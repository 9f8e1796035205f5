package dev.tidegate.console.page;

import dev.tidegate.console.status.Standing;
import dev.tidegate.console.store.StoredCluster;
import java.util.Set;

/**
 * A cluster of accounts and customers: who is in it, since when and with how many alerts, and what
 * links them.
 *
 * @param cluster as it stands
 * @param language the language that is shown first
 */
public record ClusterPage(StoredCluster cluster, ReasonLanguage language) {
  /** The page. */
  public Markup render(Layout layout, Standing standing) {
    return layout.page("Cluster of " + Amounts.count(cluster.size()), standing, body());
  }

  /** What is between head and foot. */
  Markup body() {
    return Markup.of(
        """
        <div class="single"><p class="back"><a href="/">All alerts</a></p>
        <article class="detail cluster">
        <header><p class="eyebrow text">{}</p><h1><span class="text">{}</span></h1>
        <p class="route"><code><bdi>{}</bdi></code></p>\
        <div class="actions">{}</div></header>
        <section class="linked"><h2><span class="text">{}</span></h2>{}{}</section>
        <section class="linked"><h2><span class="text">{}</span></h2>{}{}</section>
        </article></div>
        """,
        PathSection.both("Entity links", "\u5b9e\u4f53\u5173\u8054"),
        PathSection.both(
            "Cluster of " + Amounts.count(cluster.size()),
            Amounts.count(cluster.size()) + " \u4e2a\u6210\u5458\u7684\u96c6\u7fa4"),
        cluster.id(),
        language.choice(),
        PathSection.both("Members", "\u6210\u5458"),
        members(),
        rest(
            cluster.size() > cluster.members().size(),
            PathSection.both(
                "There are more members; those with the most alerts are listed.",
                "\u53e6\u6709\u66f4\u591a\u6210\u5458\uff1b\u6b64\u5904\u5217\u51fa\u544a\u8b66\u6700\u591a\u8005\u3002")),
        PathSection.both("What links them", "\u5173\u8054\u539f\u56e0"),
        LinkTable.of(cluster.links(), Set.of()),
        rest(
            true,
            PathSection.both(
                "As of when one of the two came in. A cluster's events carry at most 64 links"
                    + " each, so not every link is known here.",
                "\u4ee5\u5176\u4e2d\u4e00\u65b9\u52a0\u5165\u65f6\u4e3a\u51c6\u3002\u6bcf\u4e2a\u96c6\u7fa4\u4e8b\u4ef6\u6700\u591a\u643a\u5e26 64 \u6761\u5173\u8054\uff0c\u6b64\u5904\u672a\u5fc5\u9f50\u5168\u3002")));
  }

  private Markup members() {
    return Markup.of(
        "<div class=\"hops links\" tabindex=\"0\" role=\"region\" aria-label=\"Members\"><table>"
            + "<thead><tr>{}{}{}</tr></thead><tbody>{}</tbody></table></div>",
        head("Account or customer", "\u8d26\u6237\u6216\u5ba2\u6237"),
        head("in it since, UTC", "\u52a0\u5165\u65f6\u95f4\uff08UTC\uff09"),
        head("alerts", "\u544a\u8b66\u6570"),
        Markup.each(
            cluster.members(),
            member ->
                Markup.of(
                    "<tr><td>{}</td><td>{}</td><td class=\"figure\">{}</td></tr>",
                    LinkTable.member(member.name()),
                    Moments.brief(member.sinceMs()),
                    Amounts.count(member.alerts()))));
  }

  private static Markup head(String english, String chinese) {
    return Markup.of("<th class=\"text\">{}</th>", PathSection.both(english, chinese));
  }

  private static Markup rest(boolean shown, Markup text) {
    return Markup.when(shown, Markup.of("<p class=\"said text\">{}</p>", text));
  }
}
