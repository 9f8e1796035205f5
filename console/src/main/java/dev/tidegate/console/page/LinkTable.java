package dev.tidegate.console.page;

import dev.tidegate.schemas.event.EntityLink;
import dev.tidegate.schemas.event.LinkReason;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Links as a table: who, with whom, what both have, how much it weighs, since when. */
final class LinkTable {
  private static final int TAIL = 6;

  private LinkTable() {}

  /**
   * The table.
   *
   * @param first members whose own side of a link comes first
   */
  static Markup of(List<EntityLink> links, Set<String> first) {
    return Markup.of(
        "<div class=\"hops links\" tabindex=\"0\" role=\"region\" aria-label=\"Links\"><table>"
            + "<thead><tr>{}{}{}{}{}{}</tr></thead><tbody>{}</tbody></table></div>",
        head("Account or customer", "\u8d26\u6237\u6216\u5ba2\u6237"),
        head("linked with", "\u5173\u8054\u5230"),
        head("because both have", "\u5171\u540c\u62e5\u6709"),
        head("weight", "\u6743\u91cd"),
        head("since, UTC", "\u8d77\u59cb\uff08UTC\uff09"),
        head("last seen, UTC", "\u6700\u8fd1\u51fa\u73b0\uff08UTC\uff09"),
        Markup.each(links, link -> row(link, first)));
  }

  private static Markup head(String english, String chinese) {
    return Markup.of("<th class=\"text\">{}</th>", PathSection.both(english, chinese));
  }

  private static Markup row(EntityLink link, Set<String> first) {
    boolean turned = !first.contains(link.getLeft()) && first.contains(link.getRight());
    List<LinkReason> reasons = link.getReasons();
    return Markup.of(
        "<tr><td>{}</td><td>{}</td><td>{}</td><td class=\"figure\">{}</td><td>{}</td>"
            + "<td>{}</td></tr>",
        member(turned ? link.getRight() : link.getLeft()),
        member(turned ? link.getLeft() : link.getRight()),
        Markup.each(reasons, LinkTable::reason),
        String.format(Locale.ROOT, "%.1f", link.getWeight()),
        Markup.each(earliest(reasons), Moments::brief),
        Markup.each(latest(reasons), Moments::brief));
  }

  private static Collection<Long> earliest(List<LinkReason> reasons) {
    return reasons.stream().map(LinkReason::getSinceMs).sorted().limit(1).toList();
  }

  private static Collection<Long> latest(List<LinkReason> reasons) {
    return reasons.stream()
        .map(LinkReason::getLastMs)
        .sorted(Comparator.reverseOrder())
        .limit(1)
        .toList();
  }

  /** A member, with its alerts behind it. */
  static Markup member(String name) {
    return Markup.of("<a href=\"{}\">{}</a>", QueuePage.link(name, "", null), Wording.name(name));
  }

  private static Markup reason(LinkReason reason) {
    String value = reason.getValue();
    boolean token = LinkWords.token(reason.getKind());
    return Markup.of(
        "<span class=\"reason\"><span class=\"text\">{}</span> <code><bdi>{}</bdi></code></span> ",
        LinkWords.kind(reason.getKind()),
        token ? "\u2026" + value.substring(Math.max(0, value.length() - TAIL)) : value);
  }
}
