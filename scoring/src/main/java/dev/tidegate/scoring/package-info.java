/** The scoring stage as a program of its own. In: environment and a release folder; out: a loop. */
@NullMarked
package dev.tidegate.scoring;

import org.jspecify.annotations.NullMarked;
