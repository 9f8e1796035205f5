package dev.tidegate.app.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidegate.schemas.Topics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Topics and users against the topic catalogue, also after an overlay changed them. */
final class KafkaObjects implements Check {
  private static final Set<String> WRITING = Set.of("Write", "Create", "Delete", "All", "Alter");

  @Override
  public List<String> findings(List<Manifest> manifests) {
    List<String> findings = new ArrayList<>();
    Set<String> declared = new HashSet<>();
    for (Manifest manifest : manifests) {
      if (manifest.kind().equals("KafkaTopic")) {
        declared.add(manifest.name());
        topic(manifest, findings);
      } else if (manifest.kind().equals("KafkaUser")) {
        user(manifest, findings);
      }
    }
    if (!declared.isEmpty()) {
      for (Topics topic : Topics.values()) {
        if (!declared.contains(topic.topic())) {
          findings.add("topic " + topic.topic() + " of the catalogue has no KafkaTopic");
        }
      }
    }
    return findings;
  }

  private static Optional<Topics> catalogued(String name) {
    return List.of(Topics.values()).stream().filter(t -> t.topic().equals(name)).findFirst();
  }

  private static void topic(Manifest manifest, List<String> findings) {
    Optional<Topics> topic = catalogued(manifest.name());
    if (topic.isEmpty()) {
      findings.add(manifest.label() + ": no such topic in the catalogue");
      return;
    }
    // An overlay may ask for more partitions, never for fewer: a key's order rests on their number.
    if (manifest.spec().path("partitions").asInt() < topic.get().partitions()) {
      findings.add(manifest.label() + ": fewer partitions than the catalogue's");
    }
    for (Map.Entry<String, String> setting : topic.get().retention().topicConfig().entrySet()) {
      String value = manifest.spec().path("config").path(setting.getKey()).asText();
      if (!value.equals(setting.getValue())) {
        findings.add(
            manifest.label()
                + ": "
                + setting.getKey()
                + " is "
                + value
                + ", the catalogue says "
                + setting.getValue());
      }
    }
  }

  private static void user(Manifest manifest, List<String> findings) {
    for (JsonNode acl : manifest.spec().path("authorization").path("acls")) {
      JsonNode resource = acl.path("resource");
      if (resource.path("type").asText().equals("topic")) {
        acl.path("operations")
            .forEach(
                operation ->
                    right(manifest, resource.path("name").asText(), operation.asText(), findings));
      }
    }
  }

  private static void right(
      Manifest manifest, String name, String operation, List<String> findings) {
    boolean looksOn = manifest.name().equals("backup") && operation.equals("Describe");
    if (name.equals("retrain-") && (manifest.name().equals("retrain") || looksOn)) {
      return; // topics of Kafka Streams itself
    }
    Optional<Topics> topic = catalogued(name);
    if (topic.isEmpty()) {
      findings.add(manifest.label() + ": a right on " + name + ", which the catalogue has not");
      return;
    }
    boolean writes = topic.get().flow().writers().contains(manifest.name());
    boolean reads = topic.get().flow().readers().contains(manifest.name());
    if (WRITING.contains(operation) && !writes) {
      findings.add(
          manifest.label() + ": " + operation + " on " + name + ", which it does not write");
    }
    if (operation.equals("Read") && !reads) {
      findings.add(manifest.label() + ": Read on " + name + ", which it does not read");
    }
  }
}
