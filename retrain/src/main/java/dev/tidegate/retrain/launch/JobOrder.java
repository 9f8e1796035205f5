package dev.tidegate.retrain.launch;

import dev.tidegate.retrain.request.RequestJson;
import dev.tidegate.schemas.event.RetrainRequest;
import dev.tidegate.scoring.release.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * A job that is to be: all of it follows from the request, so that whoever reads the request again
 * orders the same job.
 *
 * @param runId the run, 32 hexadecimal digits of the request id's hash
 * @param jobName the job, fit for a DNS label
 * @param fingerprint SHA-256 of {@code requestJson}: tells this job from another of the same name
 * @param request what is asked for
 * @param requestJson what the job is handed
 */
public record JobOrder(
    String runId, String jobName, String fingerprint, RetrainRequest request, String requestJson) {
  private static final int RUN_DIGITS = 32;
  private static final int NAME_DIGITS = 16;

  /** Every job's name begins so. */
  public static final String NAME_PREFIX = "tidegate-train-";

  /** The job of a request. */
  public static JobOrder of(RetrainRequest request) {
    String hash = Sha256.hex(("run|" + request.getRequestId()).getBytes(StandardCharsets.UTF_8));
    String json = RequestJson.write(request);
    return new JobOrder(
        hash.substring(0, RUN_DIGITS),
        NAME_PREFIX + hash.substring(0, NAME_DIGITS),
        Sha256.hex(json.getBytes(StandardCharsets.UTF_8)),
        request,
        json);
  }
}
