package dev.tidegate.scoring.rules;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Set;

/**
 * A rule that can be asked; immutable and thread safe.
 *
 * @param definition its text
 * @param program typed, gives true or false
 * @param names what it uses
 * @param cost bound of its steps
 */
record CompiledRule(
    RuleDefinition definition, CelRuntime.Program program, Set<String> names, int cost) {
  /** What a rule says of a row. */
  enum Answer {
    FIRES,
    SILENT,
    FAILED
  }

  static CompiledRule of(RuleDefinition definition, RuleLanguage language) {
    CheckedExpression checked = checked(definition.id(), definition.when(), language);
    return new CompiledRule(definition, language.program(checked), checked.names(), checked.cost());
  }

  /** Checks an expression on behalf of a rule, whose id goes into the message. */
  static CheckedExpression checked(String id, String when, RuleLanguage language) {
    try {
      return language.check(when);
    } catch (RuleRefused e) {
      throw new RuleRefused(
          id + " line " + e.line() + ", character " + e.column() + ": " + e.getMessage(),
          e.line(),
          e.column());
    }
  }

  /** Asks; whatever the row makes the program throw is an answer too. */
  Answer ask(RuleRow row) {
    try {
      return Boolean.TRUE.equals(program.eval(row)) ? Answer.FIRES : Answer.SILENT;
    } catch (CelEvaluationException | RuntimeException e) {
      return Answer.FAILED;
    }
  }
}
