/** Releases. In: a trained model and its training set; out: a release folder that scoring loads. */
@NullMarked
package dev.tidegate.retrain.release;

import org.jspecify.annotations.NullMarked;
