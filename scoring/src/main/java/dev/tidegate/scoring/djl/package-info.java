/**
 * TorchScript models by DJL's PyTorch engine. In: a TorchScript file's bytes; out: a {@link
 * dev.tidegate.scoring.model.Model}.
 */
@NullMarked
package dev.tidegate.scoring.djl;

import org.jspecify.annotations.NullMarked;
