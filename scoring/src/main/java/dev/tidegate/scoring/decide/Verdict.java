package dev.tidegate.scoring.decide;

import dev.tidegate.schemas.event.Alert;
import dev.tidegate.schemas.event.Decision;
import org.jspecify.annotations.Nullable;

/**
 * What was made of one payment.
 *
 * @param decision the answer
 * @param alert what an analyst should see; null if nothing
 * @param late true if the payment came later than event time allows
 * @param degradation why the answer is not a score's; null in normal running
 */
public record Verdict(
    Decision decision, @Nullable Alert alert, boolean late, @Nullable Degradation degradation) {}
