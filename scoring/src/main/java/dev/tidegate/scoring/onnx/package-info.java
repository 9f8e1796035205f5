/**
 * Models in ONNX format. In: the bytes of a model file; out: a {@link
 * dev.tidegate.scoring.model.Model}. The only package that knows ONNX Runtime.
 */
@NullMarked
package dev.tidegate.scoring.onnx;

import org.jspecify.annotations.NullMarked;
