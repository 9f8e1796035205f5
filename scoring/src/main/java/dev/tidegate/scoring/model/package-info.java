/** What a model is to the scorer. In: rows of features; out: one score a row. */
@NullMarked
package dev.tidegate.scoring.model;

import org.jspecify.annotations.NullMarked;
