/** Tests of what leads to trainings. */
package dev.tidegate.app.retrain;
