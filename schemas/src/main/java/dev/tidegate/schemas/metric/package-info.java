/**
 * What stages measure. In: an enum of metrics a stage, and the stage's own counts. Out: meters that
 * a registry exposes under the declared names, and one reference page of all of them.
 */
package dev.tidegate.schemas.metric;
