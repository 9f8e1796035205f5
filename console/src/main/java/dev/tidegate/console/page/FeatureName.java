package dev.tidegate.console.page;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A feature's name taken apart: {@code <entity>_<feature>_<window>}, or without a window where it
 * looks back over all time.
 *
 * @param entity for example {@code account}
 * @param feature for example {@code mean}
 * @param window {@link FeatureGrid.Window#EVER} for all time
 */
record FeatureName(String entity, String feature, FeatureGrid.Window window) {
  private static final String RATIO = "_per_";
  private static final Pattern WINDOWED = Pattern.compile("([a-z0-9]+)_([a-z0-9_]+)_(\\d+)([mhd])");
  private static final Pattern EVER = Pattern.compile("([a-z0-9]+)_((?:time_since|first_seen).*)");

  /** The parts of a name; empty for a feature of the payment alone and for a ratio. */
  static Optional<FeatureName> of(String name) {
    if (isRatio(name)) {
      return Optional.empty();
    }
    Matcher windowed = WINDOWED.matcher(name);
    if (windowed.matches()) {
      FeatureGrid.Window window =
          new FeatureGrid.Window(minutes(windowed), windowed.group(3) + windowed.group(4));
      return Optional.of(new FeatureName(windowed.group(1), windowed.group(2), window));
    }
    Matcher ever = EVER.matcher(name);
    return ever.matches()
        ? Optional.of(new FeatureName(ever.group(1), ever.group(2), FeatureGrid.Window.EVER))
        : Optional.empty();
  }

  /** Whether a name is {@code <feature>_per_<feature>}. */
  static boolean isRatio(String name) {
    return name.contains(RATIO);
  }

  private static long minutes(Matcher name) {
    long number = name.group(3).length() > 9 ? Integer.MAX_VALUE : Long.parseLong(name.group(3));
    return switch (name.group(4)) {
      case "m" -> number;
      case "h" -> number * 60;
      default -> number * 60 * 24;
    };
  }
}
