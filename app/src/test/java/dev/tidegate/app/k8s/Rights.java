package dev.tidegate.app.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidegate.app.config.Configuration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may ask the API server what: bindings mean roles and accounts that are there, no role asks
 * for secrets or for everything, a pod has a token only where its account is bound, the launcher
 * may do what {@code KubernetesJobs} asks and no more, by the template that the settings name.
 */
final class Rights implements Check {
  private static final String LAUNCHER = "retrain-launcher";

  /** What OpenShift brings: pods of a user that is not root. */
  private static final Set<String> CLUSTER_ROLES = Set.of("system:openshift:scc:nonroot-v2");

  @Override
  public List<String> findings(List<Manifest> manifests) {
    List<String> findings = new ArrayList<>();
    Set<String> bound = new TreeSet<>();
    for (Manifest manifest : manifests) {
      switch (manifest.kind()) {
        case "RoleBinding" -> bound.addAll(binding(manifest, manifests, findings));
        case "Role" -> role(manifest, findings);
        case "ConfigMap" -> template(manifest, manifests, findings);
        default -> {}
      }
    }
    for (Manifest manifest : manifests) {
      JsonNode spec = manifest.pod().path("spec");
      boolean token = spec.path("automountServiceAccountToken").asBoolean();
      if (token && !bound.contains(spec.path("serviceAccountName").asText())) {
        findings.add(manifest.label() + ": a token for an account without rights");
      }
    }
    return findings;
  }

  private static Optional<Manifest> find(String kind, String name, List<Manifest> manifests) {
    return manifests.stream()
        .filter(m -> m.kind().equals(kind) && m.name().equals(name))
        .findFirst();
  }

  private static Set<String> binding(
      Manifest binding, List<Manifest> manifests, List<String> findings) {
    Set<String> accounts = new TreeSet<>();
    String role = binding.body().path("roleRef").path("name").asText();
    boolean ofTheCluster =
        binding.body().path("roleRef").path("kind").asText().equals("ClusterRole");
    if (ofTheCluster ? !CLUSTER_ROLES.contains(role) : find("Role", role, manifests).isEmpty()) {
      findings.add(binding.label() + ": there is no Role " + role);
    }
    for (JsonNode subject : binding.body().path("subjects")) {
      String account = subject.path("name").asText();
      accounts.add(account);
      if (find("ServiceAccount", account, manifests).isEmpty()) {
        findings.add(binding.label() + ": there is no ServiceAccount " + account);
      }
    }
    return accounts;
  }

  private static void role(Manifest role, List<String> findings) {
    Set<String> rights = new TreeSet<>();
    for (JsonNode rule : role.body().path("rules")) {
      for (JsonNode resource : rule.path("resources")) {
        for (JsonNode verb : rule.path("verbs")) {
          rights.add(resource.asText() + " " + verb.asText());
        }
      }
    }
    if (rights.stream().anyMatch(right -> right.contains("*") || right.startsWith("secrets "))) {
      findings.add(role.label() + ": asks for secrets or for everything");
    }
    if (role.name().equals(LAUNCHER) && !rights.equals(launcher())) {
      findings.add(role.label() + ": the launcher asks for " + launcher() + ", not " + rights);
    }
  }

  /** What {@code dev.tidegate.retrain.launch.KubernetesJobs} does. */
  private static Set<String> launcher() {
    return new TreeSet<>(
        Set.of(
            "jobs create",
            "jobs get",
            "jobs list",
            "jobs patch",
            "podtemplates get",
            "pods list",
            "events list"));
  }

  private static void template(Manifest map, List<Manifest> manifests, List<String> findings) {
    String text = map.body().path("data").path("tidegate.yaml").asText();
    if (text.isEmpty()) {
      return;
    }
    Configuration settings = read(text);
    String name = settings.values().get("retrain.kubernetes.template");
    Optional<Manifest> template = find("PodTemplate", name, manifests);
    if (template.isEmpty()) {
      findings.add(map.label() + ": there is no PodTemplate " + name);
    } else if (template.get().containers().stream()
        .noneMatch(container -> container.path("name").asText().equals("trainer"))) {
      findings.add(template.get().label() + ": no container named trainer");
    }
    boolean named =
        find("Role", LAUNCHER, manifests).stream()
            .flatMap(role -> role.body().findValues("resourceNames").stream())
            .anyMatch(names -> names.path(0).asText().equals(name));
    if (!named) {
      findings.add(map.label() + ": the launcher may not read the PodTemplate " + name);
    }
  }

  private static Configuration read(String text) {
    try {
      Path file = Files.createTempFile("tidegate-settings", ".yaml");
      try {
        Files.writeString(file, text);
        return Configuration.load(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
