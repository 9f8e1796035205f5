/**
 * A release's trial on live payments. In: what it made of payments as a shadow and decided as a
 * canary, what the champion decided, and what payments turned out to be; out: the next step of its
 * life.
 */
@NullMarked
package dev.tidegate.retrain.trial;

import org.jspecify.annotations.NullMarked;
