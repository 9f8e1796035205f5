package dev.tidegate.console.page;

import dev.tidegate.console.store.LinkedEntity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Accounts and customers that are linked with those of an alert: what they share, how much it
 * weighs and since when, as the entity links told it when one of the two came in.
 *
 * @param asked accounts and customers of the alert
 * @param linked their links, the heaviest first
 * @param more whether there are more than are listed
 * @param language the language that is shown first
 */
public record LinkedSection(
    Set<String> asked, List<LinkedEntity> linked, boolean more, ReasonLanguage language) {
  /** Where nobody knows of links. */
  public static final LinkedSection NONE =
      new LinkedSection(Set.of(), List.of(), false, ReasonLanguage.ENGLISH);

  /** Copies the lists. */
  public LinkedSection {
    asked = Set.copyOf(asked);
    linked = List.copyOf(linked);
  }

  /**
   * The section.
   *
   * @param follows whether the switch of languages of the reasons stands beside it, and is its own
   */
  Markup render(boolean follows) {
    return Markup.of(
        "<section class=\"linked\" aria-label=\"Linked accounts and customers\">"
            + "<div class=\"head\"><h2><span class=\"text\">{}</span></h2>{}</div>{}</section>",
        PathSection.both(
            "Linked accounts and customers", "\u5173\u8054\u8d26\u6237\u4e0e\u5ba2\u6237"),
        Markup.when(!follows, language.choice("link-language", "Language of the links")),
        linked.isEmpty() ? nobody() : table());
  }

  private static Markup nobody() {
    return Markup.of(
        "<p class=\"none text\">{}</p>",
        PathSection.both(
            "Nobody is known to share an identifier with them.",
            "\u672a\u53d1\u73b0\u4e0e\u5176\u5171\u4eab\u6807\u8bc6\u7684\u8d26\u6237\u6216\u5ba2\u6237\u3002"));
  }

  private Markup table() {
    Map<String, Integer> clusters = new LinkedHashMap<>();
    linked.forEach(one -> clusters.putIfAbsent(one.cluster(), one.size()));
    return Markup.of(
        "<p class=\"said\">{}</p>{}{}",
        Markup.each(clusters.entrySet(), LinkedSection::cluster),
        LinkTable.of(linked.stream().map(LinkedEntity::link).toList(), asked),
        Markup.when(
            more,
            Markup.of(
                "<p class=\"said text\">{}</p>",
                PathSection.both(
                    "There are more links; those that weigh most are listed.",
                    "\u53e6\u6709\u66f4\u591a\u5173\u8054\uff1b\u6b64\u5904\u5217\u51fa\u6743\u91cd\u6700\u9ad8\u8005\u3002"))));
  }

  private static Markup cluster(Map.Entry<String, Integer> cluster) {
    String size = Amounts.count(cluster.getValue());
    return Markup.of(
        "<a class=\"cluster\" href=\"/clusters/{}\"><span class=\"text\">{}</span></a> ",
        Markup.address(cluster.getKey()),
        PathSection.both("Cluster of " + size, size + " \u4e2a\u6210\u5458\u7684\u96c6\u7fa4"));
  }
}
