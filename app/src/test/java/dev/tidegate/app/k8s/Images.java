package dev.tidegate.app.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every image is one that the build makes, by its version, or another's by a version of its own;
 * pods that ask for a GPU have the image with CUDA, and no others.
 */
final class Images implements Check {
  private static final Pattern MADE = Pattern.compile("<image\\.name>([^<]+)</image\\.name>");
  private static final Pattern VERSION =
      Pattern.compile("<artifactId>tidegate</artifactId>\\s*<version>([\\d.]+)(-SNAPSHOT)?<");
  private static final String GPU = "tidegate-gpu";

  private final Set<String> made = new TreeSet<>();
  private final String version;

  Images() {
    for (String pom : List.of("app/pom.xml", "k8s/images/flink/pom.xml")) {
      Matcher names = MADE.matcher(ManifestTree.text(ManifestTree.path("..", pom)));
      while (names.find()) {
        made.add(names.group(1));
      }
    }
    Matcher found = VERSION.matcher(ManifestTree.text(ManifestTree.path("..", "pom.xml")));
    version = found.find() ? found.group(1) : "";
  }

  /** Names of the images that the build makes. */
  Set<String> made() {
    return made;
  }

  @Override
  public List<String> findings(List<Manifest> manifests) {
    List<String> findings = new ArrayList<>();
    for (Manifest manifest : manifests) {
      for (JsonNode container : manifest.containers()) {
        String image = container.path("image").asText();
        if (!image.isEmpty()) {
          image(manifest, image, findings);
          boolean asks = container.path("resources").path("limits").has("nvidia.com/gpu");
          if (asks != bare(image).equals(GPU)) {
            findings.add(
                manifest.label() + ": image " + image + (asks ? " has no" : " wants a") + " GPU");
          }
        }
      }
      if (manifest.kind().equals("FlinkDeployment")) {
        image(manifest, manifest.spec().path("image").asText(), findings);
      }
    }
    return findings;
  }

  private static String bare(String image) {
    return image.replaceAll("^.*/", "").replaceAll(":.*$", "");
  }

  private void image(Manifest manifest, String image, List<String> findings) {
    String name = bare(image);
    String tag = image.replaceAll("^.*/", "").replaceAll("^[^:]*:?", "");
    if (name.startsWith("tidegate")) {
      if (!made.contains(name)) {
        findings.add(manifest.label() + ": the build makes no image " + name);
      }
      // Without a tag as it stands in the base; kustomize sets it.
      if (!tag.isEmpty() && !tag.equals(version)) {
        findings.add(manifest.label() + ": " + image + " is not of version " + version);
      }
    } else if (!tag.matches("v?\\d+(\\.\\d+)+.*")) {
      findings.add(manifest.label() + ": " + image + " has no version");
    }
  }
}
