package dev.tidegate.app.offline;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What to measure.
 *
 * @param source rows
 * @param model folder of the release; null for the one that ships
 * @param excludeKnown true to leave out customers whose fraud was already known
 * @param alertBudgetPercent share of payments analysts can look at; null for the release's
 */
public record EvaluationRequest(
    LabelledFile source,
    @Nullable Path model,
    boolean excludeKnown,
    @Nullable Double alertBudgetPercent) {}
