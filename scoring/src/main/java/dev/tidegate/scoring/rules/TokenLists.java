package dev.tidegate.scoring.rules;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.tidegate.schemas.event.Transaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lists of tokens, by field: one look-up a field that is listed, however long the lists are.
 * Immutable and thread safe.
 */
final class TokenLists {
  private final Map<PaymentField, Map<String, List<ListDefinition>>> byField =
      new EnumMap<>(PaymentField.class);

  /** Reads entries; each must name tokens of one field by {@code ==} or {@code in}. */
  TokenLists(Collection<ListDefinition> entries, RuleLanguage language) {
    for (ListDefinition entry : entries) {
      CelExpr expression =
          CompiledRule.checked(entry.id(), entry.when(), language).tree().getExpr();
      PaymentField field = fieldOf(expression, entry);
      for (String token : tokensOf(expression, entry)) {
        byField
            .computeIfAbsent(field, any -> new HashMap<>())
            .computeIfAbsent(token, any -> new ArrayList<>())
            .add(entry);
      }
    }
  }

  private static PaymentField fieldOf(CelExpr expression, ListDefinition entry) {
    if (expression.exprKind().getKind() == Kind.CALL && expression.call().args().size() == 2) {
      String function = expression.call().function();
      CelExpr left = expression.call().args().get(0);
      boolean names = function.equals("_==_") || function.equals("@in");
      if (names && left.exprKind().getKind() == Kind.IDENT) {
        for (PaymentField field : PaymentField.TOKENS) {
          if (field.noun().equals(left.ident().name())) {
            return field;
          }
        }
      }
    }
    throw unlike(entry);
  }

  private static List<String> tokensOf(CelExpr expression, ListDefinition entry) {
    CelExpr right = expression.call().args().get(1);
    List<CelExpr> elements =
        right.exprKind().getKind() == Kind.LIST ? right.list().elements() : List.of(right);
    List<String> tokens = new ArrayList<>();
    for (CelExpr element : elements) {
      boolean text =
          element.exprKind().getKind() == Kind.CONSTANT
              && element.constant().getKind() == CelConstant.Kind.STRING_VALUE;
      if (!text || element.constant().stringValue().isEmpty()) {
        throw unlike(entry);
      }
      tokens.add(element.constant().stringValue());
    }
    return tokens;
  }

  private static RuleRefused unlike(ListDefinition entry) {
    return new RuleRefused(
        entry.id()
            + ": a list names tokens of one field, for example card in ['a', 'b']; fields are "
            + String.join(", ", PaymentField.TOKENS.stream().map(PaymentField::noun).toList()),
        1,
        1);
  }

  /** The entry that a payment meets: one that denies if any does; null if it meets none. */
  @Nullable ListDefinition met(Transaction payment) {
    ListDefinition allowing = null;
    for (Map.Entry<PaymentField, Map<String, List<ListDefinition>>> list : byField.entrySet()) {
      String token = list.getKey().textOf(payment);
      for (ListDefinition entry : list.getValue().getOrDefault(token, List.of())) {
        if (entry.validity().covers(payment.getEventTimeMs())) {
          if (entry.deny()) {
            return entry;
          }
          allowing = entry;
        }
      }
    }
    return allowing;
  }
}
