package dev.tidegate.app.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;

/** Reads manifests. Patches and kustomize's own files are no manifests and are left out. */
final class ManifestTree {
  /** CRDs have files of several megabytes. */
  private static final int CODE_POINTS = 64 << 20;

  private static final Path HOME = Path.of(System.getProperty("tidegate.home"));

  private ManifestTree() {}

  static YAMLMapper yaml() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(CODE_POINTS);
    return new YAMLMapper(YAMLFactory.builder().loaderOptions(options).build());
  }

  /** A path under {@code k8s}. */
  static Path path(String first, String... more) {
    return HOME.resolve("k8s").resolve(Path.of(first, more));
  }

  /** All manifests under a folder of {@code k8s}. */
  static List<Manifest> under(String folder) {
    try (Stream<Path> files = Files.walk(path(folder))) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.toString().contains("patch") && !built(file))
          .sorted()
          .flatMap(file -> parse(HOME.relativize(file).toString(), text(file)).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** True of what a build of the images left behind. */
  static boolean built(Path file) {
    return file.toString().contains("/target/");
  }

  /** The manifests in a YAML text of several documents; others are left out. */
  static List<Manifest> parse(String source, String text) {
    List<Manifest> manifests = new ArrayList<>();
    try (MappingIterator<JsonNode> documents = yaml().readerFor(JsonNode.class).readValues(text)) {
      while (documents.hasNext()) {
        JsonNode body = documents.next();
        if (body.has("apiVersion")
            && !body.path("kind").asText().matches("Kustomization|Component")) {
          manifests.add(new Manifest(source, body));
        }
      }
      return manifests;
    } catch (IOException e) {
      throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
    }
  }

  /** Names of the overlays. */
  static List<String> overlays() {
    try (Stream<Path> folders = Files.list(path("overlays"))) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder as kustomize renders it; empty if neither kustomize nor kubectl is there. */
  static Optional<List<Manifest>> rendered(String folder) {
    for (List<String> tool :
        List.of(List.of("kustomize", "build"), List.of("kubectl", "kustomize"))) {
      if (found(tool.get(0))) {
        return Optional.of(parse(folder + " rendered", output(tool, path(folder))));
      }
    }
    return Optional.empty();
  }

  private static boolean found(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static String output(List<String> tool, Path folder) {
    List<String> command = new ArrayList<>(tool);
    command.add(folder.toString());
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(String.join(" ", command) + ": " + out);
      }
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
