package dev.tidegate.app.audit;

import dev.tidegate.app.Refused;
import java.util.function.Supplier;

/**
 * Acts on a platform while others do. {@link AuditedActions} gives an action up after ten attempts
 * that others overtook, which on a busy machine comes before any of them has written; whoever is so
 * refused has written nothing and acts again.
 */
public final class Insisting {
  private static final String OVERTAKEN = "others act on the platform";

  private Insisting() {}

  /**
   * Acts until it is done or refused for another reason.
   *
   * @throws Refused for that reason
   */
  public static <T> T act(Supplier<T> action) {
    while (true) {
      try {
        return action.get();
      } catch (Refused e) {
        if (!String.valueOf(e.getMessage()).startsWith(OVERTAKEN)) {
          throw e;
        }
      }
    }
  }
}
