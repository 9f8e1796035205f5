package dev.tidegate.console.status;

import dev.tidegate.console.intake.IntakeState;
import dev.tidegate.console.store.AlertCounts;
import org.jspecify.annotations.Nullable;

/**
 * How things stand at one moment.
 *
 * @param counts alerts stored
 * @param intake what the intake does
 * @param platform what the platform reports; null if nobody reports
 */
public record Standing(AlertCounts counts, IntakeState intake, @Nullable PlatformStatus platform) {}
