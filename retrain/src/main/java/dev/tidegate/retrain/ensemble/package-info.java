/**
 * Ensembles. In: trained models and the part of the validation tail that fits; out: blend weights
 * and a calibration, and with them one {@link dev.tidegate.retrain.train.TrainedModel}.
 */
@NullMarked
package dev.tidegate.retrain.ensemble;

import org.jspecify.annotations.NullMarked;
