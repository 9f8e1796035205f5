/**
 * Several models as one. In: models of the same width, a way to blend their scores, a calibration;
 * out: one {@link dev.tidegate.scoring.model.Model}.
 */
@NullMarked
package dev.tidegate.scoring.ensemble;

import org.jspecify.annotations.NullMarked;
