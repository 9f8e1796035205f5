package dev.tidegate.app.k8s;

import dev.tidegate.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Topics and users of Strimzi, made from the topic catalogue. */
final class CatalogueManifests {
  /** Consumer groups by stage; those that end in {@code *} are prefixes. */
  private static final Map<String, List<String>> GROUPS =
      Map.of(
          "features", List.of("features"),
          "graph-aml", List.of("graph-aml"),
          "history", List.of("history"),
          "scoring", List.of("scoring", "scoring-aml"),
          "retrain", List.of("retrain-*"),
          "console", List.of("console"),
          "core-banking", List.of("core-banking*"));

  /** Stages whose people and followers take control actions. */
  private static final Set<String> ACTING = Set.of("console", "retrain", "trials");

  private CatalogueManifests() {}

  static String topics() {
    StringBuilder text =
        new StringBuilder(
            """
            # Made from the topic catalogue, dev.tidegate.schemas.Topics:
            # mvn -pl app -am test -Dtest=ManifestsTest -Dsurefire.failIfNoSpecifiedTests=false -Dtidegate.docs.write=true
            """);
    String between = "";
    for (Topics topic : Topics.values()) {
      text.append(between).append(topic(topic));
      between = "---\n";
    }
    return text.toString();
  }

  private static String topic(Topics topic) {
    StringBuilder text =
        new StringBuilder(
            """
            apiVersion: kafka.strimzi.io/v1
            kind: KafkaTopic
            metadata:
              name: %s
              labels: {strimzi.io/cluster: tidegate}
            spec:
              partitions: %d
              replicas: 3
              config:
            """
                .replace("%s", topic.topic())
                .replace("%d", Integer.toString(topic.partitions())));
    new TreeMap<>(topic.retention().topicConfig())
        .forEach(
            (key, value) ->
                text.append("    ").append(key).append(": ").append(value).append('\n'));
    return text.toString();
  }

  /** Every stage that writes or reads a topic, in order. */
  static Set<String> stages() {
    Set<String> stages = new TreeSet<>();
    for (Topics topic : Topics.values()) {
      stages.addAll(topic.flow().writers());
      stages.addAll(topic.flow().readers());
    }
    return stages;
  }

  static String users() {
    List<String> users = new ArrayList<>();
    stages().forEach(stage -> users.add(user(stage, rights(stage))));
    users.add(
        "# Tells KEDA how far the scorers are behind.\n"
            + user(
                "keda",
                right("topic", "features", "Describe") + right("group", "scoring", "Describe")));
    users.add("# Tells k8s/backup.sh where the groups are.\n" + user("backup", lookingOn()));
    return "# Made from the topic catalogue as topics.yaml is: who writes, who reads, and nothing more.\n"
        + String.join("---\n", users);
  }

  private static String user(String name, String rights) {
    return """
    apiVersion: kafka.strimzi.io/v1
    kind: KafkaUser
    metadata:
      name: %s
      labels: {strimzi.io/cluster: tidegate}
    spec:
      authentication:
        type: tls
      authorization:
        type: simple
        acls:
    """
            .replace("%s", name)
        + rights;
  }

  private static String rights(String stage) {
    StringBuilder rights = new StringBuilder();
    for (Topics topic : Topics.values()) {
      boolean writes = topic.flow().writers().contains(stage);
      boolean reads = topic.flow().readers().contains(stage);
      if (writes || reads) {
        rights.append(
            right(
                "topic",
                topic.topic(),
                (reads ? "Read, " : "") + (writes ? "Write, " : "") + "Describe"));
      }
    }
    GROUPS
        .getOrDefault(stage, List.of())
        .forEach(group -> rights.append(right("group", group, "Read, Describe")));
    if (stage.equals("retrain")) {
      // Kafka Streams makes its own topics, named for its applications, and writes in transactions.
      rights.append(
          right("topic", "retrain-*", "Create, Read, Write, Describe, DescribeConfigs, Delete"));
      rights.append(right("transactionalId", "retrain-*", "Write, Describe"));
    }
    if (stage.equals("graph-aml")) {
      // Mined cases are one transaction, under one id for all who mine.
      rights.append(right("transactionalId", "tidegate-mined-cases", "Write, Describe"));
    }
    if (ACTING.contains(stage)) {
      // Control actions and their audit are one transaction, under one id for all who act.
      rights.append(right("transactionalId", "tidegate-audit", "Write, Describe"));
    }
    return rights.toString();
  }

  /** To see every group's offsets, of topics of the catalogue and of Kafka Streams' own. */
  private static String lookingOn() {
    StringBuilder rights = new StringBuilder();
    for (Topics topic : Topics.values()) {
      rights.append(right("topic", topic.topic(), "Describe"));
    }
    rights.append(right("topic", "retrain-*", "Describe"));
    GROUPS.values().stream()
        .flatMap(List::stream)
        .sorted()
        .forEach(group -> rights.append(right("group", group, "Describe")));
    return rights.toString();
  }

  private static String right(String type, String name, String operations) {
    boolean prefix = name.endsWith("*");
    return "      - resource: {type: %t, name: %n, patternType: %p}\n        operations: [%o]\n"
        .replace("%t", type)
        .replace("%n", prefix ? name.substring(0, name.length() - 1) : name)
        .replace("%p", prefix ? "prefix" : "literal")
        .replace("%o", operations);
  }
}
