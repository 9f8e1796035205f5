package dev.tidegate.scoring.rules;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What rules are written in: CEL (cel-spec) without its macros, so that there is nothing to loop
 * over and a rule's cost follows from its text, over the names of a payment, of the features and
 * the model's {@code score}. Whole and fractional numbers compare.
 *
 * <p>{@code score("gru")} is what one of several models says: by the name of a model, a release, a
 * role ({@code champion}, {@code canary}, {@code shadow}) or an ensemble's member. Models come and
 * go while a rule stays: one that is not at work, or was not asked about the payment, says NaN. A
 * language that is told the names refuses others.
 *
 * <p>A feature that is missing is NaN: every comparison of it with a number is false, also {@code
 * ==}; so is {@code known(x)}, which is made to ask for it, and {@code known_or(x, y)} puts y in
 * its place. A text that is missing is empty, and not known either. Mind that {@code !(x > 5.0)} is
 * true where x is missing. Immutable and thread safe.
 */
public final class RuleLanguage {
  /** Name of the model's probability; NaN where no model answered. */
  public static final String SCORE = "score";

  /** Longest expression in characters. */
  public static final int LONGEST = 2_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .maxExpressionCodePointSize(LONGEST)
          .comprehensionMaxIterations(0)
          .build();

  private final List<String> features;
  private final Set<String> names;
  private final Set<String> models;
  private final CelCompiler compiler;
  private final CelRuntime runtime;

  private RuleLanguage(List<String> features, Set<String> models) {
    this.features = List.copyOf(features);
    this.models = Set.copyOf(models);
    this.names = new LinkedHashSet<>(PaymentField.nouns());
    CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder();
    builder.setOptions(OPTIONS);
    builder.addMacros(ScoreMacro.macro());
    for (PaymentField field : PaymentField.values()) {
      builder.addVar(field.noun(), field.type());
    }
    builder.addVar(SCORE, SimpleType.DOUBLE);
    names.add(SCORE);
    for (String feature : features) {
      if (names.add(feature)) {
        builder.addVar(feature, SimpleType.DOUBLE);
      }
    }
    builder.addFunctionDeclarations(
        CelFunctionDecl.newFunctionDeclaration(
            "known",
            CelOverloadDecl.newGlobalOverload("known_double", SimpleType.BOOL, SimpleType.DOUBLE),
            CelOverloadDecl.newGlobalOverload("known_string", SimpleType.BOOL, SimpleType.STRING)),
        CelFunctionDecl.newFunctionDeclaration(
            "known_or",
            CelOverloadDecl.newGlobalOverload(
                "known_or_double", SimpleType.DOUBLE, SimpleType.DOUBLE, SimpleType.DOUBLE)));
    compiler = builder.build();
    runtime =
        CelRuntimeFactory.plannerRuntimeBuilder()
            .setOptions(OPTIONS)
            .addFunctionBindings(
                CelFunctionBinding.fromOverloads(
                    "known",
                    CelFunctionBinding.from(
                        "known_double", Double.class, value -> !Double.isNaN(value)),
                    CelFunctionBinding.from("known_string", String.class, text -> !text.isEmpty())))
            .addFunctionBindings(
                CelFunctionBinding.fromOverloads(
                    "known_or",
                    CelFunctionBinding.from(
                        "known_or_double",
                        Double.class,
                        Double.class,
                        (value, other) -> Double.isNaN(value) ? other : value)))
            .build();
  }

  /**
   * The language over a feature set.
   *
   * @param features names, in the order of a vector's values
   */
  public static RuleLanguage over(List<String> features) {
    return new RuleLanguage(features, Set.of());
  }

  /**
   * The same, where {@code score(...)} may name these models and no others; with none, any.
   *
   * @param known names of models, releases, roles and members
   */
  public RuleLanguage naming(Set<String> known) {
    return new RuleLanguage(features, known);
  }

  /** Names of the features, in the order of a vector's values. */
  public List<String> features() {
    return features;
  }

  /** Every name that a rule may use. */
  public Set<String> names() {
    return names;
  }

  /**
   * Checks an expression and says what it uses.
   *
   * @throws RuleRefused with line, character and the nearest known name
   */
  CheckedExpression check(String when) {
    if (when.codePointCount(0, when.length()) > LONGEST) {
      throw new RuleRefused("longer than " + LONGEST + " characters; split the rule", 1, 1);
    }
    CelValidationResult parsed = compiler.parse(when);
    if (parsed.hasError()) {
      throw refused(parsed);
    }
    CelValidationResult result = compilerFor(when, parsed).compile(when);
    if (result.hasError()) {
      throw refused(result);
    }
    try {
      CelAbstractSyntaxTree tree = result.getAst();
      if (!tree.getResultType().equals(SimpleType.BOOL)) {
        String type = tree.getResultType().name();
        throw new RuleRefused(
            "gives " + type + ", not true or false; compare it: amount > 100.0", 1, 1);
      }
      return CheckedExpression.of(tree);
    } catch (CelValidationException e) {
      throw new RuleRefused("does not compile: " + e.getMessage(), 1, 1);
    }
  }

  private RuleRefused refused(CelValidationResult result) {
    CelIssue issue = result.getErrors().get(0);
    return new RuleRefused(
        RuleWords.plain(issue.getMessage(), names),
        Math.max(1, issue.getSourceLocation().getLine()),
        issue.getSourceLocation().getColumn() + 1);
  }

  /** Each model that the expression asks is a number. */
  private CelCompiler compilerFor(String when, CelValidationResult parsed) {
    try {
      Set<String> asked = CheckedExpression.names(parsed.getAst());
      asked.removeIf(name -> !ScoreMacro.isVariable(name));
      if (asked.isEmpty()) {
        return compiler;
      }
      CelCompilerBuilder builder = compiler.toCompilerBuilder();
      for (String variable : asked) {
        requireKnown(when, ScoreMacro.model(variable));
        builder.addVar(variable, SimpleType.DOUBLE);
      }
      return builder.build();
    } catch (CelValidationException e) {
      throw new RuleRefused("does not compile: " + e.getMessage(), 1, 1);
    }
  }

  private void requireKnown(String when, String model) {
    if (!models.isEmpty() && !models.contains(model)) {
      String before = when.substring(0, Math.max(0, when.indexOf(model)));
      String lastLine = before.substring(before.lastIndexOf('\n') + 1);
      String hint = RuleWords.nearest(model, models);
      throw new RuleRefused(
          "no model '"
              + model
              + "' is known"
              + (hint.isEmpty() ? "; known: " + String.join(", ", new TreeSet<>(models)) : hint),
          1 + (int) before.chars().filter(character -> character == '\n').count(),
          lastLine.length() + 1);
    }
  }

  /** A program for an expression that was checked; thread safe. */
  CelRuntime.Program program(CheckedExpression checked) {
    try {
      return runtime.createProgram(checked.tree());
    } catch (CelEvaluationException e) {
      throw new RuleRefused("does not compile: " + e.getMessage(), 1, 1);
    }
  }
}
