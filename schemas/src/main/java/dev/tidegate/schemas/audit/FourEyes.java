package dev.tidegate.schemas.audit;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The four-eyes principle: what one person does another must agree to. People are known by the
 * names they give; case, blanks, signs that are not seen and other codes of one letter make nobody
 * else of someone.
 */
public final class FourEyes {
  private static final Pattern UNSEEN = Pattern.compile("\\p{Cf}");
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

  private FourEyes() {}

  /** True if both names are one person's. */
  public static boolean samePerson(String one, String other) {
    return plain(one).equals(plain(other));
  }

  private static String plain(String name) {
    String seen = UNSEEN.matcher(Normalizer.normalize(name, Normalizer.Form.NFKC)).replaceAll("");
    return BLANKS.matcher(seen).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
  }
}
