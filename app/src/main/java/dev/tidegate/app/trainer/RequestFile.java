package dev.tidegate.app.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.app.Refused;
import dev.tidegate.schemas.event.RetrainRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A retrain request as JSON: one object with the event's fields; a NaN is null or left out. */
final class RequestFile {
  private RequestFile() {}

  /**
   * Reads one.
   *
   * @throws Refused if the file cannot be read or lacks what a request must say
   */
  static RetrainRequest read(Path file) {
    try {
      JsonNode node = new JsonMapper().readTree(Files.readAllBytes(file));
      if (node == null || !node.isObject()) {
        throw new Refused(file + " is no retrain request: it is no JSON object");
      }
      return request(file, node);
    } catch (IOException e) {
      throw new Refused(file + " cannot be read as a retrain request: " + e.getMessage());
    }
  }

  private static RetrainRequest request(Path file, JsonNode node) {
    Map<String, Long> offsets = new TreeMap<>();
    for (Map.Entry<String, JsonNode> end : node.path("offsets").properties()) {
      offsets.put(end.getKey(), end.getValue().asLong());
    }
    return RetrainRequest.newBuilder()
        .setRequestId(text(file, node, "requestId"))
        .setModel(text(file, node, "model"))
        .setCause(node.path("cause").asText("person"))
        .setRequestedBy(node.path("requestedBy").asText(""))
        .setRequestedAtMs(node.path("requestedAtMs").asLong(0))
        .setStatistic(number(node.get("statistic")))
        .setThreshold(number(node.get("threshold")))
        .setWindowStartMs(node.path("windowStartMs").asLong(0))
        .setWindowEndMs(node.path("windowEndMs").asLong(0))
        .setRelease(text(file, node, "release"))
        .setTraceparent(node.hasNonNull("traceparent") ? node.get("traceparent").asText() : null)
        .setMonitor(node.path("monitor").asText(""))
        .setFeatureDigest(node.path("featureDigest").asText(""))
        .setCutMs(node.path("cutMs").asLong(0))
        .setOffsets(offsets)
        .setSeed(node.path("seed").asLong(0))
        .build();
  }

  private static String text(Path file, JsonNode node, String name) {
    String text = node.path(name).asText("");
    if (text.isBlank()) {
      throw new Refused(file + " is no retrain request: it has no " + name);
    }
    return text;
  }

  private static double number(@Nullable JsonNode node) {
    return node == null || !node.isNumber() ? Double.NaN : node.asDouble();
  }
}
