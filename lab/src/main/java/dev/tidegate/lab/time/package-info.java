/** Time that a test moves by hand. In: steps; out: the time for whoever takes an InstantSource. */
@NullMarked
package dev.tidegate.lab.time;

import org.jspecify.annotations.NullMarked;
