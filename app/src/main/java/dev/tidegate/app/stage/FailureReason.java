package dev.tidegate.app.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why something failed, in one line for people; the whole story belongs in the log. */
public final class FailureReason {
  private static final String NONE = "no reason given";
  private static final String CAUSED_BY = "Caused by: ";

  /** A class name before a message, of which people need the last word at most. */
  private static final Pattern PACKAGES = Pattern.compile("^(?:[\\w$]+\\.)+([\\w$]+)");

  private FailureReason() {}

  /** The innermost cause, after the one around it if that says more. */
  public static String of(@Nullable Throwable failure) {
    List<String> causes = new ArrayList<>();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      causes.add(cause.toString());
    }
    return sentence(causes);
  }

  /** The same from a printed stack trace, which is what Flink keeps of a failure. */
  static String ofTrace(String trace) {
    List<String> lines = trace.lines().toList();
    List<String> causes = new ArrayList<>();
    lines.stream().limit(1).forEach(causes::add);
    lines.stream()
        .map(String::strip)
        .filter(line -> line.startsWith(CAUSED_BY))
        .map(line -> line.substring(CAUSED_BY.length()))
        .forEach(causes::add);
    return sentence(causes);
  }

  private static String sentence(List<String> causes) {
    if (causes.isEmpty() || causes.get(0).isBlank()) {
      return NONE;
    }
    String root = causes.get(causes.size() - 1);
    String around = causes.size() < 2 ? root : causes.get(causes.size() - 2);
    boolean repeats = around.contains(root) || around.contains("Recovery is suppressed");
    return (repeats ? List.of(root) : List.of(around, root))
        .stream().map(FailureReason::plain).collect(Collectors.joining(": "));
  }

  /** One line without the packages of the class name. */
  private static String plain(String cause) {
    String line = cause.lines().findFirst().orElse(NONE);
    Matcher name = PACKAGES.matcher(line);
    return name.find() ? name.group(1) + line.substring(name.end()) : line;
  }
}
