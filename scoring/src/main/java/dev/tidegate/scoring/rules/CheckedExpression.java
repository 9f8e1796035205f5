package dev.tidegate.scoring.rules;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * An expression that is typed and bounded.
 *
 * @param tree typed
 * @param names what it uses
 * @param cost estimate of its steps: one a node, {@value #TEXT_COST} a search in a text. There are
 *     no loops, so it is a bound
 */
record CheckedExpression(CelAbstractSyntaxTree tree, Set<String> names, int cost) {
  /** Most steps of one rule. */
  static final int MOST = 400;

  private static final int TEXT_COST = 20;
  private static final Set<String> SEARCHES =
      Set.of("matches", "contains", "startsWith", "endsWith");

  static CheckedExpression of(CelAbstractSyntaxTree tree) {
    int cost = nodes(tree).stream().mapToInt(CheckedExpression::costOf).sum();
    if (cost > MOST) {
      throw new RuleRefused(
          "takes " + cost + " steps a payment, more than " + MOST + "; split the rule", 1, 1);
    }
    return new CheckedExpression(tree, names(tree), cost);
  }

  private static List<CelExpr> nodes(CelAbstractSyntaxTree tree) {
    return CelNavigableAst.fromAst(tree).getRoot().allNodes().map(CelNavigableExpr::expr).toList();
  }

  /** Every name in an expression, in their order. */
  static Set<String> names(CelAbstractSyntaxTree tree) {
    Set<String> names = new TreeSet<>();
    for (CelExpr node : nodes(tree)) {
      if (node.exprKind().getKind() == Kind.IDENT) {
        names.add(node.ident().name());
      }
    }
    return names;
  }

  private static int costOf(CelExpr node) {
    boolean search =
        node.exprKind().getKind() == Kind.CALL && SEARCHES.contains(node.call().function());
    return search ? TEXT_COST : 1;
  }
}
