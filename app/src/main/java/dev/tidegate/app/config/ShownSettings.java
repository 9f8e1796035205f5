package dev.tidegate.app.config;

import dev.tidegate.ingest.door.TokenKey;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Settings as they may be shown, in order of their keys. What a secret is, its name says (its last
 * word is key, password, secret, token or credentials): its value is never shown, only whether
 * there is one.
 */
public final class ShownSettings {
  /** Stands for a secret. */
  public static final String MASK = "****";

  private static final String UNSET = "(not set)";
  private static final Pattern SECRET =
      Pattern.compile("(.*[._-])?(key|password|secret|token|credentials?)");

  private ShownSettings() {}

  /**
   * The settings, and the environment variables that Tidegate reads.
   *
   * @param settings by dotted key
   * @param environment of the process
   */
  public static SortedMap<String, String> of(
      Map<String, String> settings, Map<String, String> environment) {
    SortedMap<String, String> shown = new TreeMap<>();
    settings.forEach((name, value) -> shown.put(name, masked(name, value)));
    shown.put(
        TokenKey.VARIABLE,
        masked(TokenKey.VARIABLE, environment.getOrDefault(TokenKey.VARIABLE, "")));
    return Collections.unmodifiableSortedMap(shown);
  }

  private static String masked(String name, String value) {
    if (!SECRET.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
      return value;
    }
    return value.isEmpty() ? UNSET : MASK;
  }
}
