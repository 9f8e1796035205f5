package dev.tidegate.app.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One object of Kubernetes.
 *
 * @param source where it stands, for people
 * @param body the object
 */
record Manifest(String source, JsonNode body) {
  private static final String CORE =
      "(v1|apps/v1|batch/v1|policy/v1|networking.k8s.io/v1|rbac.authorization.k8s.io/v1)";

  String kind() {
    return body.path("kind").asText();
  }

  String name() {
    return body.path("metadata").path("name").asText();
  }

  String apiVersion() {
    return body.path("apiVersion").asText();
  }

  /** True if it is one of Kubernetes' own kinds. */
  boolean core() {
    return apiVersion().matches(CORE);
  }

  /** Kind, name and source, to begin a finding with. */
  String label() {
    return kind() + " " + name() + " (" + source + ")";
  }

  JsonNode spec() {
    return body.path("spec");
  }

  /** The pod that it makes; missing if it makes none. */
  JsonNode pod() {
    return switch (kind()) {
      case "Deployment", "StatefulSet", "Job" -> spec().path("template");
      case "PodTemplate" -> body.path("template");
      case "FlinkDeployment" -> spec().path("podTemplate");
      default -> MissingNode.getInstance();
    };
  }

  /** Containers of its pod. */
  List<JsonNode> containers() {
    List<JsonNode> containers = new ArrayList<>();
    pod().path("spec").path("containers").forEach(containers::add);
    return containers;
  }

  /** True if its pod carries all of the labels. */
  boolean podMatches(JsonNode labels) {
    JsonNode own = pod().path("metadata").path("labels");
    return labels.properties().stream()
        .allMatch(label -> own.path(label.getKey()).asText().equals(label.getValue().asText()));
  }

  /** Visits every text under a node. */
  static void texts(JsonNode node, Consumer<String> visitor) {
    if (node.isTextual()) {
      visitor.accept(node.asText());
    }
    node.forEach(child -> texts(child, visitor));
  }
}
