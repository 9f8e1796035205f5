/**
 * Why a score is high. In: a forest, the row it scored and the names of its features; out: codes of
 * a versioned table with plain words in English and Chinese, the heaviest first.
 */
@NullMarked
package dev.tidegate.scoring.reasons;

import org.jspecify.annotations.NullMarked;
