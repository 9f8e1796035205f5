package dev.tidegate.console.models;

import dev.tidegate.schemas.event.AuditEvent;
import dev.tidegate.schemas.event.ModelRelease;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Knows the rules by which releases live: the same ones, and the same events, as those of the
 * command line. Thread safe.
 */
public interface ReleaseDesk {
  /**
   * What the steps taken so far come to.
   *
   * @param steps events of [models], in their order
   * @param audit events of [audit] about releases, in their order
   * @throws ActRefused if that cannot be told, with the reason
   */
  ReleaseView view(List<ModelRelease> steps, List<AuditEvent> audit);

  /**
   * Does something to a release; it is on the topics, with its audit, when this returns.
   *
   * @param release a name that the view holds
   * @param by who does it, a name without blanks around
   * @throws ActRefused if it cannot be, with the reason; nothing has happened then
   * @throws ActUnknown if no answer came; it may have happened or not
   */
  void act(ReleaseAct act, String release, String by);

  /**
   * A file of a release that is in no folder of this machine but at an address elsewhere, such as
   * {@code s3://bucket/path}. Pages wait for it: it must come within seconds or not at all.
   *
   * @param address of the release
   * @param name of the file
   * @param sum SHA-256 that the file must have, 64 hexadecimal digits
   * @return its bytes; null if it cannot be had, or not now
   */
  default byte @Nullable [] file(String address, String name, String sum) {
    return null;
  }
}
