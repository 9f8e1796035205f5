package dev.tidegate.app.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What the restricted Pod Security profile asks of every pod, and what no repository may hold. */
final class PodSecurity implements Check {
  @Override
  public List<String> findings(List<Manifest> manifests) {
    List<String> findings = new ArrayList<>();
    for (Manifest manifest : manifests) {
      if (manifest.kind().equals("Secret")) {
        findings.add(manifest.label() + ": secrets stand in the cluster, not here");
      }
      if (!manifest.pod().isMissingNode()) {
        pod(manifest, findings);
      }
    }
    return findings;
  }

  private static void pod(Manifest manifest, List<String> findings) {
    JsonNode context = manifest.pod().path("spec").path("securityContext");
    require(manifest, context.path("runAsNonRoot").asBoolean(), "runAsNonRoot", findings);
    require(
        manifest,
        context.path("seccompProfile").path("type").asText().equals("RuntimeDefault"),
        "seccompProfile RuntimeDefault",
        findings);
    boolean flink = manifest.kind().equals("FlinkDeployment");
    for (JsonNode container : manifest.containers()) {
      JsonNode own = container.path("securityContext");
      boolean noMore =
          own.has("allowPrivilegeEscalation") && !own.path("allowPrivilegeEscalation").asBoolean();
      require(manifest, noMore, "allowPrivilegeEscalation: false", findings);
      boolean none = own.path("capabilities").path("drop").path(0).asText().equals("ALL");
      require(manifest, none, "capabilities dropped", findings);
      require(
          manifest,
          own.path("readOnlyRootFilesystem").asBoolean(),
          "readOnlyRootFilesystem",
          findings);
      // Flink's operator bounds its pods by what the deployment asks for.
      boolean bounded =
          flink || !container.path("resources").path("limits").path("memory").isMissingNode();
      require(manifest, bounded, "a limit of memory", findings);
    }
  }

  private static void require(
      Manifest manifest, boolean holds, String what, List<String> findings) {
    if (!holds) {
      findings.add(manifest.label() + ": without " + what);
    }
  }
}
