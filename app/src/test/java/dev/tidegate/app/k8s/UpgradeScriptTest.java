package dev.tidegate.app.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code k8s/upgrade.sh} would do, in which order. */
final class UpgradeScriptTest {
  private static final String APPLY = "apply --server-side --filename .*/";

  static Stream<String> overlays() {
    return ManifestTree.overlays().stream();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void shouldApplyEachObjectOnceAndWaitForEachWorkload(String overlay) throws Exception {
    Optional<List<Manifest>> rendered = ManifestTree.rendered("overlays/" + overlay);
    assumeTrue(rendered.isPresent() && kubectl());
    List<String> steps = steps(overlay);

    for (Manifest manifest : rendered.orElseThrow()) {
      String object = manifest.kind() + "." + manifest.name();
      long times = steps.stream().filter(step -> step.matches(".*" + APPLY + object)).count();
      assertThat(times).as(object).isEqualTo(manifest.kind().equals("Job") ? 0 : 1);
      if (manifest.kind().matches("Deployment|FlinkDeployment")) {
        assertThat(index(steps, ".*/" + manifest.name() + " .*--timeout.*"))
            .as("waits for " + object)
            .isGreaterThan(index(steps, ".*" + APPLY + object));
      }
    }
  }

  /** Topics, then whoever reads, then whoever writes. */
  @Test
  void shouldChangeReadersBeforeWriters() throws Exception {
    assumeTrue(kubectl());
    List<String> steps = steps("prod");
    int[] order =
        Stream.of(
                ".*KafkaTopic.features",
                ".*wait .*kafkatopic .*",
                ".*Deployment.console",
                ".*rollout status deployment/console .*",
                ".*Deployment.scoring",
                ".*rollout status deployment/scoring .*",
                ".*FlinkDeployment.graph-aml",
                ".*flinkdeployment/graph-aml .*RUNNING.*",
                ".*FlinkDeployment.features",
                ".*ScaledObject.scoring")
            .mapToInt(step -> index(steps, step))
            .toArray();

    assertThat(order).isSorted();
    assertThat(order[0]).isNotNegative();
  }

  @Test
  void shouldRefuseAnEnvironmentThatIsNotThere() throws Exception {
    Process process = script("nowhere");
    assertThat(process.waitFor()).isEqualTo(2);
  }

  /** Kubernetes gives up after ten minutes by itself, and the script with it. */
  @Test
  void shouldWaitForADeploymentAsLongAsItMayTake() throws IOException {
    assertThat(Files.readString(ManifestTree.path("upgrade.sh"))).contains("\npatience=15m\n");
    List<Manifest> deployments =
        ManifestTree.under(".").stream()
            .filter(one -> one.kind().equals("Deployment") && one.spec().has("selector"))
            .toList();
    assertThat(deployments)
        .extracting(Manifest::name)
        .contains("scoring", "retrain-trials", "features-check");
    for (Manifest one : deployments) {
      assertThat(one.spec().path("progressDeadlineSeconds").asLong())
          .as(one.label())
          .isEqualTo(Duration.ofMinutes(15).toSeconds());
    }
  }

  private static int index(List<String> steps, String pattern) {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).matches(pattern)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean kubectl() throws Exception {
    return new ProcessBuilder("bash", "-c", "command -v kubectl").start().waitFor() == 0;
  }

  private static List<String> steps(String overlay) throws Exception {
    Process process = script(overlay);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().toList();
  }

  private static Process script(String overlay) throws IOException {
    return new ProcessBuilder(ManifestTree.path("upgrade.sh").toString(), overlay, "--dry-run")
        .redirectErrorStream(true)
        .start();
  }
}
