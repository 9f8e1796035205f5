package dev.tidegate.features.catalogue;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Filters' texts to programs. The language is CEL's standard (cel-spec), without macros: a filter
 * looks at one payment, so there is nothing to loop over. Whole and fractional numbers compare.
 */
final class FilterCompiler {
  /** Longest filter in characters; a longer one belongs into a rule or a model. */
  static final int LONGEST = 1_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .maxExpressionCodePointSize(LONGEST)
          .build();
  private static final CelCompiler COMPILER = compiler();
  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).build();
  private static final Pattern UNKNOWN = Pattern.compile("undeclared reference to '([^']*)'.*");
  private static final Pattern MISUSED =
      Pattern.compile("found no matching overload for '([^']*)' applied to '(.*?)'( \\(.*)?");

  private FilterCompiler() {}

  private static CelCompiler compiler() {
    CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder();
    builder.setOptions(OPTIONS);
    for (FilterVariable variable : FilterVariable.values()) {
      builder.addVar(variable.noun(), variable.type());
    }
    return builder.build();
  }

  /** What is wrong with a filter, in words with the position; empty if nothing is. */
  static String problemOf(String text) {
    CelValidationResult result = COMPILER.compile(text);
    if (result.hasError()) {
      return wordsOf(result.getErrors().get(0), text);
    }
    try {
      CelAbstractSyntaxTree tree = result.getAst();
      if (tree.getResultType().equals(SimpleType.BOOL)) {
        return "";
      }
      String type = tree.getResultType().name();
      return "the filter gives " + type + ", not true or false; compare it: amount > 100.0";
    } catch (CelValidationException e) {
      return "the filter does not compile: " + e.getMessage();
    }
  }

  /** A program that gives a Boolean, for a filter without problems. */
  static CelRuntime.Program program(String text) {
    String problem = problemOf(text);
    if (!problem.isEmpty()) {
      throw new IllegalArgumentException(problem + ": " + text);
    }
    try {
      return RUNTIME.createProgram(COMPILER.compile(text).getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalArgumentException("not a filter: " + text, e);
    }
  }

  private static String wordsOf(CelIssue issue, String text) {
    if (text.length() > LONGEST) {
      return "the filter is longer than " + LONGEST + " characters; split it";
    }
    int line = issue.getSourceLocation().getLine();
    String at = "character " + (issue.getSourceLocation().getColumn() + 1);
    return "the filter does not compile at "
        + (line > 1 ? "its line " + line + ", " + at : at)
        + ": "
        + plain(issue.getMessage());
  }

  private static String plain(String message) {
    Matcher unknown = UNKNOWN.matcher(message);
    if (unknown.matches()) {
      String name = unknown.group(1);
      String hint = NearestName.hint(name, FilterVariable.nouns());
      return "'"
          + name
          + "' is not known"
          + (hint.isEmpty()
              ? "; a filter may use " + String.join(", ", FilterVariable.nouns())
              : hint);
    }
    Matcher misused = MISUSED.matcher(message);
    if (misused.matches()) {
      String operator = misused.group(1).replace("_", " ").strip();
      String types = misused.group(2);
      boolean mixed = types.contains("double") && types.contains("int");
      String fix = mixed ? "; write whole numbers with a point, such as 200.0" : "";
      return "'" + operator + "' does not take " + types + fix;
    }
    return message;
  }
}
