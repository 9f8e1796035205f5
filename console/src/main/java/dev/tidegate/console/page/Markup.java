package dev.tidegate.console.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * HTML that is safe to send: made from templates of this program and values that are escaped as
 * they go in. There is no way to make one of a foreign string without escaping it.
 */
public final class Markup {
  /** Nothing. */
  public static final Markup EMPTY = new Markup("");

  private final String html;

  private Markup(String html) {
    this.html = html;
  }

  /**
   * Fills a template: each {@code {}} takes the next value, escaped for text and quoted attributes
   * unless it is markup itself; null is the empty text.
   *
   * @param template HTML written in this program, never anything from outside
   * @throws IllegalArgumentException if the numbers of places and values differ
   */
  public static Markup of(String template, @Nullable Object... values) {
    StringBuilder out = new StringBuilder(template.length() + 64);
    int from = 0;
    for (Object value : values) {
      int place = template.indexOf("{}", from);
      if (place < 0) {
        throw new IllegalArgumentException("more values than places in: " + template);
      }
      out.append(template, from, place);
      append(out, value);
      from = place + 2;
    }
    if (template.indexOf("{}", from) >= 0) {
      throw new IllegalArgumentException("more places than values in: " + template);
    }
    return new Markup(out.append(template, from, template.length()).toString());
  }

  /** One piece of markup for each item, one after another. */
  public static <T> Markup each(Collection<T> items, Function<T, Markup> piece) {
    return new Markup(items.stream().map(piece).map(Markup::html).collect(Collectors.joining()));
  }

  /** The piece if the condition holds, else nothing. */
  public static Markup when(boolean condition, Markup piece) {
    return condition ? piece : EMPTY;
  }

  /** A value as one segment of an address or one value of its query. */
  public static String address(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The HTML text. */
  public String html() {
    return html;
  }

  @Override
  public String toString() {
    return html;
  }

  private static void append(StringBuilder out, @Nullable Object value) {
    if (value instanceof Markup markup) {
      out.append(markup.html);
    } else if (value != null) {
      String text = value.toString();
      for (int i = 0; i < text.length(); i++) {
        appendEscaped(out, text.charAt(i));
      }
    }
  }

  private static void appendEscaped(StringBuilder out, char letter) {
    switch (letter) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      case '\t', '\n', '\r' -> out.append(letter);
      default -> out.append(Character.isISOControl(letter) ? '\uFFFD' : letter);
    }
  }
}
