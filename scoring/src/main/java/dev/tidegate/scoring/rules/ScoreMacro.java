package dev.tidegate.scoring.rules;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelIssue;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code score("gru")} to a variable of its own, before types are checked: so it is a number like
 * any other name, costs what one costs, and its argument is a plain text.
 */
final class ScoreMacro {
  private static final String PREFIX = "score of ";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  private ScoreMacro() {}

  static CelMacro macro() {
    return CelMacro.newGlobalMacro(RuleLanguage.SCORE, 1, ScoreMacro::expand);
  }

  private static Optional<CelExpr> expand(
      CelMacroExprFactory factory, CelExpr target, ImmutableList<CelExpr> arguments) {
    CelExpr argument = arguments.get(0);
    boolean text =
        argument.exprKind().getKind() == Kind.CONSTANT
            && argument.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    if (!text || !NAME.matcher(argument.constant().stringValue()).matches()) {
      return Optional.of(
          factory.reportError(
              CelIssue.formatError(
                  factory.getSourceLocation(argument),
                  "score(...) takes the name of a model in quotes: score('gru')")));
    }
    return Optional.of(factory.newIdentifier(variable(argument.constant().stringValue())));
  }

  /** The variable for a model's name; a point would mean a field. */
  static String variable(String model) {
    return PREFIX + model.replace('.', '/');
  }

  static boolean isVariable(String name) {
    return name.startsWith(PREFIX);
  }

  static String model(String variable) {
    return variable.substring(PREFIX.length()).replace('/', '.');
  }
}
