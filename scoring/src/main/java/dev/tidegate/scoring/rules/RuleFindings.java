package dev.tidegate.scoring.rules;

import dev.tidegate.schemas.event.Lane;
import dev.tidegate.schemas.event.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule set says of one payment.
 *
 * @param fired ids of the rules that fired, of the typologies that are met, and of the list entry,
 *     each in the order of ids
 * @param outcome strictest that one of them asks for; null if none asks
 * @param alert lane of the alert that is due; null if none is
 * @param listing what the lists say
 * @param failures rules that could not be asked: an overflow, a division by zero
 * @param down true if there are rules for the payment and none of them could be asked
 */
public record RuleFindings(
    List<String> fired,
    @Nullable Outcome outcome,
    @Nullable Lane alert,
    Listing listing,
    int failures,
    boolean down) {
  /** Of rules of which some could be asked. */
  public RuleFindings(
      List<String> fired,
      @Nullable Outcome outcome,
      @Nullable Lane alert,
      Listing listing,
      int failures) {
    this(fired, outcome, alert, listing, failures, false);
  }

  /** What the lists of tokens say of a payment. */
  public enum Listing {
    /** It is on none. */
    NONE,
    /** It is approved whatever else is said. */
    ALLOWED,
    /** It is declined whatever else is said. */
    DENIED
  }

  /** Nothing fired. */
  public static final RuleFindings NOTHING =
      new RuleFindings(List.of(), null, null, Listing.NONE, 0);
}
