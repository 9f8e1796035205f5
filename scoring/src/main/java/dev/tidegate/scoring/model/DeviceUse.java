package dev.tidegate.scoring.model;

import org.jspecify.annotations.Nullable;

/**
 * Where a model runs.
 *
 * @param gpu whether it runs on a GPU
 * @param missing in one line why the GPU that was asked for is not used; null if none was asked for
 *     or it is used. Whoever runs the model counts this
 */
public record DeviceUse(boolean gpu, @Nullable String missing) {
  /** On the processor, as asked. */
  public static final DeviceUse CPU = new DeviceUse(false, null);

  /** On a GPU, as asked. */
  public static final DeviceUse GPU = new DeviceUse(true, null);
}
