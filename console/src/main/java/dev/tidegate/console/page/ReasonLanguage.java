package dev.tidegate.console.page;

import dev.tidegate.schemas.event.AlertReason;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A language that the texts of reasons come in. */
public enum ReasonLanguage {
  /** English. */
  ENGLISH("en", "English"),
  /** Chinese. */
  CHINESE("zh", "\u4e2d\u6587");

  private final String tag;
  private final String title;

  ReasonLanguage(String tag, String title) {
    this.tag = tag;
    this.title = title;
  }

  /** Language tag of HTML. */
  String tag() {
    return tag;
  }

  /** What the language calls itself. */
  String title() {
    return title;
  }

  ReasonLanguage other() {
    return this == ENGLISH ? CHINESE : ENGLISH;
  }

  /** The switch of languages, with this one chosen; works without a script. */
  Markup choice() {
    return choice("reason-language", "Language of the reasons");
  }

  /**
   * The same for another part of a page.
   *
   * @param name of the choice; the style sheet knows it
   */
  Markup choice(String name, String legend) {
    return Markup.of(
        "<fieldset class=\"tongues\"><legend class=\"hush\">{}</legend>{}</fieldset>",
        legend,
        Markup.each(
            List.of(values()),
            one ->
                Markup.of(
                    "<label><input type=\"radio\" name=\"{}\" value=\"{}\"{}>"
                        + "<span lang=\"{}\">{}</span></label>",
                    name,
                    one.tag,
                    Markup.when(one == this, Markup.of(" checked")),
                    one.tag,
                    one.title)));
  }

  /** A reason in this language; may be empty. */
  String textOf(AlertReason reason) {
    return this == CHINESE ? reason.getChinese() : reason.getEnglish();
  }

  /**
   * The one that a browser asks for first; English if it asks for neither.
   *
   * @param accepted the request's {@code Accept-Language}; null or malformed if it has none
   */
  public static ReasonLanguage preferred(@Nullable String accepted) {
    if (accepted == null) {
      return ENGLISH;
    }
    try {
      for (Locale.LanguageRange range : Locale.LanguageRange.parse(accepted)) {
        for (ReasonLanguage language : values()) {
          if (range.getRange().split("-")[0].equals(language.tag)) {
            return language;
          }
        }
      }
    } catch (IllegalArgumentException e) {
      return ENGLISH;
    }
    return ENGLISH;
  }
}
