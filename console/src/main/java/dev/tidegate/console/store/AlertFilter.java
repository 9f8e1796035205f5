package dev.tidegate.console.store;

import dev.tidegate.schemas.event.Outcome;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts are wanted.
 *
 * @param kind what {@code text} means
 * @param text what to look for; empty with {@link Kind#ANY}
 * @param outcome only these; null for all
 */
public record AlertFilter(Kind kind, String text, @Nullable Outcome outcome) {
  private static final int LONGEST_TEXT = 300;

  /** What the text of a filter means. */
  public enum Kind {
    /** No text: every alert. */
    ANY(""),
    /** Anywhere in ids, accounts, merchant, device, countries, channel, amount; case ignored. */
    CONTAINS(""),
    /** Exactly this paying account. */
    ACCOUNT("account:"),
    /** Exactly this payee account, merchant or terminal. */
    COUNTERPARTY("counterparty:");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  /** Every alert. */
  public static AlertFilter none() {
    return new AlertFilter(Kind.ANY, "", null);
  }

  /**
   * Reads what an analyst typed. {@code account:ID} and {@code counterparty:ID} ask for exactly
   * that id; anything else is looked for anywhere. An outcome that does not exist asks for all.
   */
  public static AlertFilter parse(@Nullable String query, @Nullable String outcome) {
    String typed = query == null ? "" : query.replace("\0", "").strip();
    String text = typed.length() > LONGEST_TEXT ? typed.substring(0, LONGEST_TEXT) : typed;
    Outcome wanted = outcomeOf(outcome).orElse(null);
    if (text.isEmpty()) {
      return new AlertFilter(Kind.ANY, "", wanted);
    }
    for (Kind kind : new Kind[] {Kind.ACCOUNT, Kind.COUNTERPARTY}) {
      String id = text.startsWith(kind.prefix) ? text.substring(kind.prefix.length()).strip() : "";
      if (!id.isEmpty()) {
        return new AlertFilter(kind, id, wanted);
      }
    }
    return new AlertFilter(Kind.CONTAINS, text, wanted);
  }

  /** What an analyst would type for this filter's text. */
  public String query() {
    return kind.prefix + text;
  }

  /** True if every alert is wanted. */
  public boolean isEmpty() {
    return kind == Kind.ANY && outcome == null;
  }

  private static Optional<Outcome> outcomeOf(@Nullable String name) {
    if (name == null || name.isBlank()) {
      return Optional.empty();
    }
    String wanted = name.strip().toUpperCase(Locale.ROOT).replace('-', '_');
    for (Outcome outcome : Outcome.values()) {
      if (outcome.name().equals(wanted)) {
        return Optional.of(outcome);
      }
    }
    return Optional.empty();
  }
}
