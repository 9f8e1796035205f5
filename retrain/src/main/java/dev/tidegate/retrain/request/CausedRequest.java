package dev.tidegate.retrain.request;

import dev.tidegate.schemas.event.RetrainRequest;
import dev.tidegate.scoring.release.Sha256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * The request of a cause. Its id, seed and trace follow from the cause's event and the model alone,
 * so that the same event, seen again after a kill, makes the same request.
 */
public final class CausedRequest {
  private static final int ID_DIGITS = 32;
  private static final int SPAN_DIGITS = 16;

  private CausedRequest() {}

  /**
   * A request.
   *
   * @param inCharge the release that decides now
   * @param ends up to where training may read; labels count if they were known by the event time of
   *     the newest decision
   * @param atMs wall clock
   */
  public static RetrainRequest of(Cause cause, InCharge inCharge, LogEnds.Ends ends, long atMs) {
    String text = "request|" + inCharge.model() + "|" + cause.eventId();
    String hash = Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    return RetrainRequest.newBuilder()
        .setRequestId(hash.substring(0, ID_DIGITS))
        .setModel(inCharge.model())
        .setCause(cause.kind())
        .setRequestedBy(cause.by())
        .setRequestedAtMs(atMs)
        .setStatistic(cause.statistic())
        .setThreshold(cause.threshold())
        .setWindowStartMs(cause.windowStartMs())
        .setWindowEndMs(cause.windowEndMs())
        .setRelease(inCharge.release())
        .setTraceparent(traceparent(hash))
        .setMonitor(cause.monitor())
        .setFeatureDigest(inCharge.featureDigest())
        .setCutMs(ends.newestEventMs() == 0 ? atMs : ends.newestEventMs())
        .setOffsets(ends.offsets())
        .setSeed(new BigInteger(hash.substring(0, SPAN_DIGITS), 16).longValue() >>> 1)
        .setReleaseDigest(inCharge.digest())
        .setWhy(cause.why())
        .build();
  }

  /** The beginning of a trace, as W3C's Trace Context writes it. */
  private static String traceparent(String hash) {
    String span = hash.substring(ID_DIGITS, ID_DIGITS + SPAN_DIGITS);
    return "00-" + hash.substring(0, ID_DIGITS) + "-" + span + "-01";
  }
}
