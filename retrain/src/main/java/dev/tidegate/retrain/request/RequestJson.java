package dev.tidegate.retrain.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidegate.schemas.event.RetrainRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request as a flat JSON object with the event's field names: what a training job is handed. The
 * same request is always the same text: fields in the schema's order, offsets by name. A statistic
 * or threshold that is no number is null; a missing trace is left out.
 */
public final class RequestJson {
  private static final JsonMapper JSON = new JsonMapper();

  private RequestJson() {}

  /** The text of a request. */
  public static String write(RetrainRequest request) {
    ObjectNode node = JSON.createObjectNode();
    node.put("requestId", request.getRequestId());
    node.put("model", request.getModel());
    node.put("cause", request.getCause());
    node.put("requestedBy", request.getRequestedBy());
    node.put("requestedAtMs", request.getRequestedAtMs());
    number(node, "statistic", request.getStatistic());
    number(node, "threshold", request.getThreshold());
    node.put("windowStartMs", request.getWindowStartMs());
    node.put("windowEndMs", request.getWindowEndMs());
    node.put("release", request.getRelease());
    if (request.getTraceparent() != null) {
      node.put("traceparent", request.getTraceparent());
    }
    node.put("monitor", request.getMonitor());
    node.put("featureDigest", request.getFeatureDigest());
    node.put("cutMs", request.getCutMs());
    ObjectNode offsets = node.putObject("offsets");
    new TreeMap<>(request.getOffsets()).forEach(offsets::put);
    node.put("seed", request.getSeed());
    return node.toString();
  }

  private static void number(ObjectNode node, String field, double value) {
    if (Double.isFinite(value)) {
      node.put(field, value);
    } else {
      node.putNull(field);
    }
  }

  /**
   * The request in a text.
   *
   * @throws IllegalArgumentException if it is none; the message names the field
   */
  public static RetrainRequest read(String text) {
    JsonNode node;
    try {
      node = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a request must be JSON: " + e.getOriginalMessage(), e);
    }
    return RetrainRequest.newBuilder()
        .setRequestId(text(node, "requestId"))
        .setModel(text(node, "model"))
        .setCause(text(node, "cause"))
        .setRequestedBy(text(node, "requestedBy"))
        .setRequestedAtMs(field(node, "requestedAtMs").longValue())
        .setStatistic(number(node, "statistic"))
        .setThreshold(number(node, "threshold"))
        .setWindowStartMs(field(node, "windowStartMs").longValue())
        .setWindowEndMs(field(node, "windowEndMs").longValue())
        .setRelease(text(node, "release"))
        .setTraceparent(node.hasNonNull("traceparent") ? text(node, "traceparent") : null)
        .setMonitor(text(node, "monitor"))
        .setFeatureDigest(text(node, "featureDigest"))
        .setCutMs(field(node, "cutMs").longValue())
        .setOffsets(offsets(field(node, "offsets")))
        .setSeed(field(node, "seed").longValue())
        .build();
  }

  private static Map<String, Long> offsets(JsonNode node) {
    Map<String, Long> offsets = new HashMap<>();
    node.properties().forEach(end -> offsets.put(end.getKey(), end.getValue().longValue()));
    return offsets;
  }

  private static double number(JsonNode node, String name) {
    return field(node, name).isNull() ? Double.NaN : field(node, name).doubleValue();
  }

  private static String text(JsonNode node, String name) {
    return field(node, name).asText();
  }

  private static JsonNode field(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the request has no field " + name);
    }
    return value;
  }
}
