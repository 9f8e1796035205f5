package dev.tidegate.app.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.tidegate.app.Home;
import dev.tidegate.app.Refused;
import dev.tidegate.app.terminal.Spans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.jspecify.annotations.Nullable;

/**
 * Every setting by its dotted key, as text: the defaults of {@code config/reference.yaml}, and over
 * them the user's file. {@link Settings} alone reads it; a value is checked for type and range when
 * it is read.
 */
public final class Configuration {
  private final Map<String, String> values;

  private Configuration(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads the settings.
   *
   * @param file the user's file, or null for the defaults alone
   * @throws Refused if a file cannot be read or names an unknown key
   */
  public static Configuration load(@Nullable Path file) {
    Map<String, String> values = read(Home.path("config", "reference.yaml"));
    if (file != null) {
      for (Map.Entry<String, String> own : read(file).entrySet()) {
        if (values.replace(own.getKey(), own.getValue()) == null) {
          throw new Refused(
              file
                  + ": unknown setting "
                  + own.getKey()
                  + "; nearest: "
                  + nearest(own.getKey(), values));
        }
      }
    }
    return new Configuration(values);
  }

  /** The same with another text for one key, which must be a known one. */
  public Configuration with(String key, String value) {
    Map<String, String> changed = new TreeMap<>(values);
    if (changed.replace(key, value) == null) {
      throw new IllegalArgumentException("no setting " + key + " in config/reference.yaml");
    }
    return new Configuration(changed);
  }

  /** The settings by key, in order of the keys. */
  public Map<String, String> values() {
    return Collections.unmodifiableMap(values);
  }

  /** A setting's text. */
  String text(String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("no setting " + key + " in config/reference.yaml");
    }
    return value;
  }

  /**
   * A text that may not be blank.
   *
   * @throws Refused if it is
   */
  String name(String key) {
    String value = text(key);
    if (value.isBlank()) {
      throw new Refused("setting " + key + " must not be empty");
    }
    return value;
  }

  /**
   * A whole number.
   *
   * @throws Refused if it is none, or outside [{@code least}, {@code most}]
   */
  int integer(String key, int least, int most) {
    try {
      int value = Integer.parseInt(text(key));
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // falls through to the one message below
    }
    throw new Refused("setting " + key + " must be a whole number from " + least + " to " + most);
  }

  /**
   * A number.
   *
   * @throws Refused if it is none, or outside [{@code least}, {@code most}]
   */
  double number(String key, double least, double most) {
    try {
      double value = Double.parseDouble(text(key));
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // falls through to the one message below
    }
    throw new Refused("setting " + key + " must be a number from " + least + " to " + most);
  }

  /**
   * A number from 0 to 1.
   *
   * @throws Refused if it is none
   */
  double share(String key) {
    try {
      double value = Double.parseDouble(text(key));
      if (value >= 0 && value <= 1) {
        return value;
      }
    } catch (NumberFormatException e) {
      // falls through to the one message below
    }
    throw new Refused("setting " + key + " must be a number from 0 to 1");
  }

  /**
   * A duration.
   *
   * @throws Refused if it is none, or outside [{@code least}, {@code most}]
   */
  Duration span(String key, Duration least, Duration most) {
    Duration value = Spans.parse(text(key));
    if (value == null || value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new Refused(
          "setting "
              + key
              + " must be a duration from "
              + Spans.text(least)
              + " to "
              + Spans.text(most));
    }
    return value;
  }

  /**
   * True or false.
   *
   * @throws Refused if it is neither
   */
  boolean flag(String key) {
    return switch (text(key)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new Refused("setting " + key + " must be true or false");
    };
  }

  /**
   * One of an enum's names.
   *
   * @throws Refused if it is none of them
   */
  <E extends Enum<E>> E choice(String key, Class<E> type) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(text(key))) {
        return constant;
      }
    }
    throw new Refused("setting " + key + " must be one of " + List.of(type.getEnumConstants()));
  }

  private static Map<String, String> read(Path file) {
    try {
      JsonNode root = new YAMLMapper().readTree(Files.readString(file));
      Map<String, String> flat = new TreeMap<>();
      if (root != null && !root.isMissingNode() && !root.isNull()) {
        flatten("", root, flat);
      }
      return flat;
    } catch (JsonProcessingException e) {
      throw new Refused(file + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new Refused("settings file " + file + " cannot be read");
    }
  }

  private static void flatten(String prefix, JsonNode node, Map<String, String> flat) {
    if (!node.isObject()) {
      flat.put(prefix, node.asText());
      return;
    }
    node.properties()
        .forEach(
            entry ->
                flatten(
                    prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey(),
                    entry.getValue(),
                    flat));
  }

  private static String nearest(String key, Map<String, String> known) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return known.keySet().stream()
        .min(Comparator.comparingInt(candidate -> distance.apply(candidate, key)))
        .orElse("none");
  }
}
