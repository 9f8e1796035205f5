/**
 * From a retrain request to a training job that ran. In: [retrain-requests]. Out: one job a
 * request, as a child process or a Kubernetes Job, and its states on [retrain-runs].
 */
@NullMarked
package dev.tidegate.retrain.launch;

import org.jspecify.annotations.NullMarked;
