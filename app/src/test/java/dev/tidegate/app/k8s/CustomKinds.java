package dev.tidegate.app.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Custom resources against the schemas of their definitions. A definition lets unknown fields pass
 * and a cluster drops them; here they are errors, except where the definition keeps them.
 */
final class CustomKinds implements Check {
  private static final List<String> TYPE_META = List.of("apiVersion", "kind", "metadata");

  private final Map<String, JsonSchema> schemas;

  /** With the definitions in a folder. */
  CustomKinds(Path folder) {
    schemas = new TreeMap<>();
    JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    try (Stream<Path> files = Files.list(folder)) {
      files
          .flatMap(file -> ManifestTree.parse(file.toString(), template(file)).stream())
          .forEach(definition -> add(definition, factory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Definitions from charts hold a template's lines, which are no YAML. */
  private static String template(Path file) {
    StringBuilder text = new StringBuilder();
    ManifestTree.text(file)
        .lines()
        .filter(line -> !line.strip().startsWith("{{"))
        .forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private void add(Manifest definition, JsonSchemaFactory factory) {
    if (!definition.kind().equals("CustomResourceDefinition")) {
      return;
    }
    String group = definition.spec().path("group").asText();
    String kind = definition.spec().path("names").path("kind").asText();
    for (JsonNode version : definition.spec().path("versions")) {
      JsonNode schema = version.path("schema").path("openAPIV3Schema");
      if (schema instanceof ObjectNode object) {
        ObjectNode strict = object.deepCopy();
        ObjectNode properties = (ObjectNode) strict.get("properties");
        TYPE_META.forEach(name -> properties.putObject(name));
        strict(strict);
        schemas.put(
            group + "/" + version.path("name").asText() + "/" + kind, factory.getSchema(strict));
      }
    }
  }

  private static void strict(JsonNode node) {
    if (node instanceof ObjectNode object) {
      boolean keeps = object.path("x-kubernetes-preserve-unknown-fields").asBoolean();
      if (object.path("x-kubernetes-int-or-string").asBoolean()) {
        object.remove("type");
        object.putArray("type").add("integer").add("string");
        object.remove("anyOf");
      }
      if (object.path("properties").isObject() && !keeps && !object.has("additionalProperties")) {
        object.put("additionalProperties", false);
      }
      object.remove(List.of("format", "nullable"));
    }
    node.forEach(CustomKinds::strict);
  }

  @Override
  public List<String> findings(List<Manifest> manifests) {
    List<String> findings = new ArrayList<>();
    for (Manifest manifest : manifests) {
      JsonSchema schema = schemas.get(manifest.apiVersion() + "/" + manifest.kind());
      if (schema != null) {
        schema
            .validate(manifest.body())
            .forEach(message -> findings.add(manifest.label() + ": " + message.getMessage()));
      } else if (!manifest.core() && knows(manifest.kind())) {
        findings.add(manifest.label() + ": no version " + manifest.apiVersion());
      }
    }
    return findings;
  }

  private boolean knows(String kind) {
    return schemas.keySet().stream().anyMatch(key -> key.endsWith("/" + kind));
  }

  /** Kinds that no definition is there for, so that they go unchecked. */
  Set<String> unchecked(List<Manifest> manifests) {
    Set<String> kinds = new TreeSet<>();
    manifests.stream()
        .filter(manifest -> !manifest.core() && !knows(manifest.kind()))
        .forEach(manifest -> kinds.add(manifest.kind()));
    return kinds;
  }
}
