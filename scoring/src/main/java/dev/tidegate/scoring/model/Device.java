package dev.tidegate.scoring.model;

import java.util.Locale;

/** Where models are asked to run. */
public enum Device {
  /** On the processor. */
  CPU,
  /** On the first CUDA device; on the processor, with a warning, where there is none. */
  CUDA,
  /** On the first CUDA device or not at all. */
  CUDA_REQUIRED;

  /**
   * By its name in settings: {@code cpu}, {@code cuda}, {@code cuda-required}.
   *
   * @throws IllegalArgumentException for another name
   */
  public static Device named(String name) {
    for (Device device : values()) {
      if (device.toString().equals(name)) {
        return device;
      }
    }
    throw new IllegalArgumentException("device '" + name + "' is none of cpu, cuda, cuda-required");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
