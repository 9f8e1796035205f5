package dev.tidegate.app.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Network policies against pods: everything is denied first, each policy means somebody, and each
 * pod may reach what its settings send it to.
 */
final class Flows implements Check {
  private static final String NAME = "app.kubernetes.io/name";
  private static final int KAFKA = 9093;
  private static final int REGISTRY = 8080;
  private static final int DATABASE = 5432;
  private static final int API_SERVER = 443;
  private static final int OBJECT_STORE = 443;

  @Override
  public List<String> findings(List<Manifest> manifests) {
    List<String> findings = new ArrayList<>();
    List<Manifest> policies =
        manifests.stream().filter(m -> m.kind().equals("NetworkPolicy")).toList();
    if (policies.isEmpty()) {
      return List.of("there are no network policies");
    }
    if (policies.stream().noneMatch(Flows::deniesAll)) {
      findings.add("no network policy denies everything");
    }
    Set<String> names = new HashSet<>();
    for (Manifest manifest : manifests) {
      String name = manifest.pod().path("metadata").path("labels").path(NAME).asText();
      if (!name.isEmpty()) {
        names.add(name);
        pod(manifest, name, policies, findings);
      }
    }
    for (Manifest policy : policies) {
      named(policy.spec())
          .forEach(
              name -> {
                if (!names.contains(name)) {
                  findings.add(policy.label() + ": no pod is named " + name);
                }
              });
    }
    return findings;
  }

  private static boolean deniesAll(Manifest policy) {
    return policy.spec().path("podSelector").isEmpty()
        && policy.spec().path("policyTypes").size() == 2
        && !policy.spec().has("ingress")
        && !policy.spec().has("egress");
  }

  private static Set<String> named(JsonNode spec) {
    Set<String> names = new HashSet<>();
    spec.findValues(NAME).forEach(name -> names.add(name.asText()));
    for (JsonNode expressions : spec.findValues("matchExpressions")) {
      for (JsonNode expression : expressions) {
        if (expression.path("key").asText().equals(NAME)) {
          expression.path("values").forEach(value -> names.add(value.asText()));
        }
      }
    }
    return names;
  }

  private static void pod(
      Manifest manifest, String name, List<Manifest> policies, List<String> findings) {
    for (JsonNode volume : manifest.pod().path("spec").path("volumes")) {
      if (volume.path("name").asText().equals("kafka-user")) {
        reaches(manifest, name, KAFKA, policies, findings);
        reaches(manifest, name, REGISTRY, policies, findings);
      }
    }
    if (manifest.pod().path("spec").path("automountServiceAccountToken").asBoolean()) {
      reaches(manifest, name, API_SERVER, policies, findings);
    }
    if (manifest.containers().stream()
        .anyMatch(c -> c.path("env").toString().contains("tidegate-database"))) {
      reaches(manifest, name, DATABASE, policies, findings);
    }
    if (manifest.containers().stream()
        .anyMatch(c -> c.path("envFrom").toString().contains("tidegate-object-store"))) {
      reaches(manifest, name, OBJECT_STORE, policies, findings);
    }
  }

  private static void reaches(
      Manifest manifest, String name, int port, List<Manifest> policies, List<String> findings) {
    for (Manifest policy : policies) {
      JsonNode selector = policy.spec().path("podSelector");
      boolean selects = named(selector).contains(name);
      if (selects && policy.spec().path("egress").findValuesAsText("port").contains(port + "")) {
        return;
      }
    }
    findings.add(manifest.label() + ": no network policy lets it out to port " + port);
  }
}
