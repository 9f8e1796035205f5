/**
 * Trees to ONNX. In: an XGBoost model in its JSON form; out: an ONNX graph with input {@code
 * features} float[N, F] and output {@code score} float[N, 1].
 */
@NullMarked
package dev.tidegate.retrain.onnx;

import org.jspecify.annotations.NullMarked;
