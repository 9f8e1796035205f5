/**
 * Whether payments and scores still look as they did when a release was made. In: values of
 * features, an hour at a time, and the release's reference histograms; out: a reading a feature and
 * hour. Plain Java, no clock.
 */
@NullMarked
package dev.tidegate.retrain.stability;

import org.jspecify.annotations.NullMarked;
