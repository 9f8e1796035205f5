/**
 * Training by request. In: a retrain request, vectors and labels as they were logged, the champion;
 * out: a release that passed its gates, or the reason why there is none.
 */
package dev.tidegate.app.trainer;
