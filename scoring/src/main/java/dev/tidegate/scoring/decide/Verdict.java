package dev.tidegate.scoring.decide;

import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Decision;
import dev.tidegate.schemas.event.ShadowScore;
import dev.tidegate.schemas.event.Transaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was made of one payment.
 *
 * @param payment the payment
 * @param decision the answer
 * @param alert what an analyst should see; null if nothing
 * @param late true if the payment came later than event time allows
 * @param degradation why the answer is not a score's; null in normal running
 * @param shadows what releases in shadow make of it
 */
public record Verdict(
    Transaction payment,
    Decision decision,
    @Nullable Alert alert,
    boolean late,
    @Nullable Degradation degradation,
    List<ShadowScore> shadows) {
  /** The same with what releases in shadow make of it. */
  Verdict with(List<ShadowScore> others) {
    return new Verdict(payment, decision, alert, late, degradation, others);
  }

  /** The same payment with the decision of an alert that stands, and so without one of its own. */
  public Verdict answering(Decision standing) {
    return new Verdict(payment, standing, null, late, degradation, List.of());
  }
}
