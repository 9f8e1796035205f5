/**
 * Training. In: feature vectors with matured labels; out: a forest of decision trees whose score is
 * a probability, with what it did on rows it had not seen. Same rows in, same bytes out.
 */
@NullMarked
package dev.tidegate.retrain.train;

import org.jspecify.annotations.NullMarked;
