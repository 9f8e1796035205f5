package dev.tidegate.scoring.reasons;

import java.util.regex.Pattern;

/**
 * A kind of reason. A code never changes its meaning; another meaning is another code.
 *
 * @param code such as R10
 * @param family features that ask the same kind of question, in a word or two
 * @param features regular expression of the whole names of its features
 * @param english what to tell an analyst or a customer
 * @param chinese the same in Chinese
 */
public record ReasonCode(
    String code, String family, String features, String english, String chinese) {
  private static final Pattern CODE = Pattern.compile("R[0-9]{2}");

  /** Checks every value. */
  public ReasonCode {
    if (!CODE.matcher(code).matches()) {
      throw new IllegalArgumentException("reason code " + code + " is not R and two digits");
    }
    if (family.isBlank() || features.isBlank() || english.isBlank() || chinese.isBlank()) {
      throw new IllegalArgumentException("reason code " + code + " has an empty text");
    }
  }
}
