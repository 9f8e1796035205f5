/**
 * The declared features. In: {@code config/features.yaml} and {@code config/rates.yaml}. Out: a
 * checked {@link dev.tidegate.features.catalogue.Catalogue}, which says what each place of a vector
 * holds, and the filters and conversions that it needs. Plain Java without engine or clock.
 */
@NullMarked
package dev.tidegate.features.catalogue;

import org.jspecify.annotations.NullMarked;
