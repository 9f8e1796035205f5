package dev.tidegate.scoring.rules;

/**
 * One version of one entry of the lists of tokens: parties that are denied or allowed whatever
 * models and rules say.
 *
 * @param id as of a rule
 * @param version counts from 1
 * @param deny true to decline, false to approve
 * @param when CEL that names tokens: {@code card == 'x'} or {@code payee_account in ['x', 'y']}
 * @param validity payments that it looks at
 */
public record ListDefinition(String id, int version, boolean deny, String when, Validity validity)
    implements Definition {
  /** Checks every value but the expression. */
  public ListDefinition {
    Definition.requireNamed(id, version);
  }

  @Override
  public String canonical() {
    return String.join(
        "\u001f", deny ? "deny" : "allow", id, String.valueOf(version), when, validity.toString());
  }
}
