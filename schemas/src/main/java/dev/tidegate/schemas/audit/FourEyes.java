package dev.tidegate.schemas.audit;

import java.util.Locale;

/**
 * The four-eyes principle: what one person does another must agree to. People are known by the
 * names they give; case and blanks around make nobody else of someone.
 */
public final class FourEyes {
  private FourEyes() {}

  /** True if both names are one person's. */
  public static boolean samePerson(String one, String other) {
    return one.strip().toLowerCase(Locale.ROOT).equals(other.strip().toLowerCase(Locale.ROOT));
  }
}
