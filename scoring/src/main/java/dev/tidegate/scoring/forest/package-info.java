/**
 * Tree ensembles in plain Java. In: XGBoost's model in JSON or LightGBM's in text; out: a {@link
 * dev.tidegate.scoring.model.Model} without an engine, and the trees themselves for whoever
 * explains or exports them.
 */
@NullMarked
package dev.tidegate.scoring.forest;

import org.jspecify.annotations.NullMarked;
