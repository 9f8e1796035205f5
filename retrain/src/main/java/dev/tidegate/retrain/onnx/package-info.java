/**
 * Trees to ONNX. In: a forest; out: an ONNX graph with input {@code features} float[N, F] and
 * output {@code score} float[N, 1].
 */
@NullMarked
package dev.tidegate.retrain.onnx;

import org.jspecify.annotations.NullMarked;
