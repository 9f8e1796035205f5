package dev.tidegate.app.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names that stand in one manifest and mean another: service accounts, config maps, labels that
 * services, budgets and policies select by, ports and probes, targets of scaling, users of Kafka.
 */
final class References implements Check {
  @Override
  public List<String> findings(List<Manifest> manifests) {
    List<String> findings = new ArrayList<>();
    for (Manifest manifest : manifests) {
      pod(manifest, manifests, findings);
      switch (manifest.kind()) {
        case "Service" -> service(manifest, manifests, findings);
        case "PodDisruptionBudget" ->
            selected(manifest, manifest.spec().path("selector"), manifests, findings);
        case "Deployment" -> deployment(manifest, findings);
        case "ScaledObject" -> scaled(manifest, manifests, findings);
        case "ServiceMonitor" -> monitor(manifest, manifests, findings);
        case "KafkaUser", "KafkaTopic", "KafkaNodePool" ->
            exists(
                "Kafka",
                manifest.body().path("metadata").path("labels").path("strimzi.io/cluster").asText(),
                manifest,
                manifests,
                findings);
        default -> {}
      }
    }
    return findings;
  }

  private static boolean there(String kind, String name, List<Manifest> manifests) {
    return manifests.stream().anyMatch(m -> m.kind().equals(kind) && m.name().equals(name));
  }

  private static void exists(
      String kind, String name, Manifest by, List<Manifest> manifests, List<String> findings) {
    if (!there(kind, name, manifests)) {
      findings.add(by.label() + ": there is no " + kind + " " + name);
    }
  }

  private static void pod(Manifest manifest, List<Manifest> manifests, List<String> findings) {
    if (manifest.pod().isMissingNode()) {
      return;
    }
    JsonNode spec = manifest.pod().path("spec");
    String account =
        manifest.kind().equals("FlinkDeployment")
            ? manifest.spec().path("serviceAccount").asText()
            : spec.path("serviceAccountName").asText();
    exists("ServiceAccount", account, manifest, manifests, findings);
    Set<String> volumes = new TreeSet<>();
    for (JsonNode volume : spec.path("volumes")) {
      volumes.add(volume.path("name").asText());
      if (volume.has("configMap")) {
        exists(
            "ConfigMap",
            volume.path("configMap").path("name").asText(),
            manifest,
            manifests,
            findings);
      }
      user(manifest, volume, manifests, findings);
    }
    for (JsonNode container : manifest.containers()) {
      for (JsonNode source : container.path("envFrom")) {
        if (source.has("configMapRef")) {
          exists(
              "ConfigMap",
              source.path("configMapRef").path("name").asText(),
              manifest,
              manifests,
              findings);
        }
      }
      for (JsonNode mount : container.path("volumeMounts")) {
        if (!volumes.contains(mount.path("name").asText())) {
          findings.add(manifest.label() + ": no volume " + mount.path("name").asText());
        }
      }
      probes(manifest, container, findings);
    }
  }

  private static void user(
      Manifest manifest, JsonNode volume, List<Manifest> manifests, List<String> findings) {
    if (volume.path("name").asText().equals("kafka-user")) {
      exists(
          "KafkaUser",
          volume.path("secret").path("secretName").asText(),
          manifest,
          manifests,
          findings);
    }
  }

  private static void probes(Manifest manifest, JsonNode container, List<String> findings) {
    Set<String> ports = ports(container);
    for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
      String port = container.path(probe).path("httpGet").path("port").asText();
      if (container.has(probe) && !ports.contains(port)) {
        findings.add(manifest.label() + ": " + probe + " asks a port that is none: " + port);
      }
    }
  }

  private static Set<String> ports(JsonNode container) {
    Set<String> ports = new HashSet<>();
    for (JsonNode port : container.path("ports")) {
      ports.add(port.path("name").asText());
      ports.add(port.path("containerPort").asText());
    }
    return ports;
  }

  private static void deployment(Manifest manifest, List<String> findings) {
    if (!manifest.podMatches(manifest.spec().path("selector").path("matchLabels"))) {
      findings.add(manifest.label() + ": its selector does not select its pods");
    }
    for (JsonNode container : manifest.containers()) {
      if (!container.has("readinessProbe") || !container.has("livenessProbe")) {
        findings.add(manifest.label() + ": without probes");
      }
    }
  }

  private static List<Manifest> pods(JsonNode labels, List<Manifest> manifests) {
    return manifests.stream()
        .filter(m -> !m.pod().isMissingNode() && !labels.isEmpty() && m.podMatches(labels))
        .toList();
  }

  private static void selected(
      Manifest by, JsonNode selector, List<Manifest> manifests, List<String> findings) {
    if (pods(selector.path("matchLabels"), manifests).isEmpty()) {
      findings.add(by.label() + ": selects no pod");
    }
  }

  private static void service(Manifest service, List<Manifest> manifests, List<String> findings) {
    List<Manifest> pods = pods(service.spec().path("selector"), manifests);
    if (pods.isEmpty()) {
      findings.add(service.label() + ": selects no pod");
    }
    for (Manifest pod : pods) {
      Set<String> ports = new HashSet<>();
      pod.containers().forEach(container -> ports.addAll(ports(container)));
      for (JsonNode port : service.spec().path("ports")) {
        if (!ports.contains(port.path("targetPort").asText())) {
          findings.add(
              service.label()
                  + ": "
                  + pod.label()
                  + " has no port "
                  + port.path("targetPort").asText());
        }
      }
    }
  }

  private static void monitor(Manifest monitor, List<Manifest> manifests, List<String> findings) {
    for (JsonNode endpoint : monitor.spec().path("endpoints")) {
      String port = endpoint.path("port").asText();
      boolean served =
          manifests.stream()
              .filter(m -> m.kind().equals("Service"))
              .anyMatch(m -> m.spec().path("ports").findValuesAsText("name").contains(port));
      if (!served) {
        findings.add(monitor.label() + ": no service has a port " + port);
      }
    }
  }

  private static void scaled(Manifest scaled, List<Manifest> manifests, List<String> findings) {
    exists(
        "Deployment",
        scaled.spec().path("scaleTargetRef").path("name").asText(),
        scaled,
        manifests,
        findings);
    for (JsonNode trigger : scaled.spec().path("triggers")) {
      String topic = trigger.path("metadata").path("topic").asText();
      Optional<Manifest> found =
          manifests.stream()
              .filter(m -> m.kind().equals("KafkaTopic") && m.name().equals(topic))
              .findFirst();
      if (found.isEmpty()) {
        findings.add(scaled.label() + ": no topic " + topic);
      } else if (scaled.spec().path("maxReplicaCount").asInt()
          > found.get().spec().path("partitions").asInt()) {
        findings.add(scaled.label() + ": more replicas than " + topic + " has partitions");
      }
      exists(
          "TriggerAuthentication",
          trigger.path("authenticationRef").path("name").asText(),
          scaled,
          manifests,
          findings);
    }
  }
}
