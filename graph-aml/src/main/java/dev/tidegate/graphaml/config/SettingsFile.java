package dev.tidegate.graphaml.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** A section of a YAML file, key by key; every error names the file and the key. */
final class SettingsFile {
  private static final Pattern SPAN = Pattern.compile("(\\d{1,6})(ms|s|m|h|d)");

  private final String where;
  private final Map<String, Object> values;

  private SettingsFile(String where, Map<String, Object> values) {
    this.where = where;
    this.values = values;
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it is no YAML map
   */
  static SettingsFile read(Path file) {
    try {
      Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
      return new SettingsFile(file.toString(), map(file.toString(), root));
    } catch (YAMLException e) {
      throw new IllegalArgumentException(file + " is no YAML: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  private static Map<String, Object> map(String where, Object value) {
    if (!(value instanceof Map<?, ?> found)) {
      throw new IllegalArgumentException(where + ": must be keys with values");
    }
    Map<String, Object> values = new LinkedHashMap<>();
    found.forEach((key, item) -> values.put(String.valueOf(key), item));
    return values;
  }

  /** Refuses keys that nobody reads. */
  SettingsFile only(Set<String> known) {
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        throw new IllegalArgumentException(
            where + ": there is no key " + key + "; known are " + String.join(", ", known));
      }
    }
    return this;
  }

  SettingsFile section(String key) {
    return new SettingsFile(where + ", " + key, map(where + ", " + key, value(key)));
  }

  Set<String> keys() {
    return values.keySet();
  }

  String text(String key) {
    return String.valueOf(value(key));
  }

  double number(String key) {
    if (value(key) instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException(where + ": " + key + " must be a number");
  }

  int whole(String key) {
    if (value(key) instanceof Integer number) {
      return number;
    }
    throw new IllegalArgumentException(where + ": " + key + " must be a whole number");
  }

  boolean yes(String key) {
    if (value(key) instanceof Boolean yes) {
      return yes;
    }
    throw new IllegalArgumentException(where + ": " + key + " must be true or false");
  }

  /** A span such as {@code 7d}, in milliseconds. */
  long span(String key) {
    return span(key, text(key));
  }

  /** Spans as they are written. */
  List<String> spans(String key) {
    if (!(value(key) instanceof List<?> list)) {
      throw new IllegalArgumentException(where + ": " + key + " must be a list such as [1d, 7d]");
    }
    List<String> spans = new ArrayList<>();
    list.forEach(item -> spans.add(String.valueOf(item)));
    return spans;
  }

  long span(String key, String text) {
    Matcher found = SPAN.matcher(text);
    if (!found.matches()) {
      throw new IllegalArgumentException(
          where + ": " + key + " must be a span such as 7d, 1h, 30s");
    }
    long unit =
        switch (found.group(2)) {
          case "ms" -> 1;
          case "s" -> 1_000;
          case "m" -> 60_000;
          case "h" -> 3_600_000;
          default -> 86_400_000;
        };
    return Long.parseLong(found.group(1)) * unit;
  }

  private Object value(String key) {
    Object value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException(where + ": " + key + " is missing");
    }
    return value;
  }
}
