/**
 * Retraining wired to a platform: monitors that follow the release in charge, the watch for causes,
 * the launcher, and what people ask and see by command. In: [models], settings; out: [drift],
 * [retrain-requests], [retrain-runs], processes that train.
 */
@NullMarked
package dev.tidegate.app.retrain;

import org.jspecify.annotations.NullMarked;
