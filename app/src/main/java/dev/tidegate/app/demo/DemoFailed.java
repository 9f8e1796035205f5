package dev.tidegate.app.demo;

import java.io.Serial;

/** A step of the demonstration did not come true. */
public final class DemoFailed extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With one line for people. */
  public DemoFailed(String message) {
    super(message);
  }
}
