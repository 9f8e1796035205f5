package dev.tidegate.app.k8s;

import dev.tidegate.schemas.flink.JobConfiguration;
import java.util.ArrayList;
import java.util.List;

/**
 * Flink jobs on a cluster keep their state as those in this process do: there the program sets it,
 * here the manifest.
 */
final class StateOfJobs implements Check {
  @Override
  public List<String> findings(List<Manifest> manifests) {
    List<String> findings = new ArrayList<>();
    for (Manifest job : manifests) {
      if (job.kind().equals("FlinkDeployment")) {
        JobConfiguration.STATE.forEach(
            (key, value) -> {
              String set = job.spec().path("flinkConfiguration").path(key).asText();
              if (!set.equals(value)) {
                findings.add(job + ": " + key + " is \"" + set + "\", not \"" + value + "\"");
              }
            });
      }
    }
    return findings;
  }
}
