/**
 * Neural models, trained by PyTorch (DJL) and written as ONNX graphs: an autoencoder and a
 * recurrent network over an entity's last events. In: a training set; out: a {@link
 * dev.tidegate.retrain.train.TrainedModel}. Each network says its arithmetic twice, side by side,
 * for training and as a graph; releases hold one against the other.
 */
@NullMarked
package dev.tidegate.retrain.neural;

import org.jspecify.annotations.NullMarked;
