package dev.tidegate.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Names of the features that the platform ships, from the page that is made of its catalogue. */
public final class ShippedFeatures {
  /** In the order of a vector. */
  public static final List<String> NAMES = read();

  private static final String PAGE = "docs/reference/features.md";

  private ShippedFeatures() {}

  private static List<String> read() {
    Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    Path root = Files.exists(module.resolve(PAGE)) ? module : module.getParent();
    try {
      return Pattern.compile("(?m)^\\| \\d+ \\| `([^`]+)`")
          .matcher(Files.readString(root.resolve(PAGE)))
          .results()
          .map((MatchResult row) -> row.group(1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
