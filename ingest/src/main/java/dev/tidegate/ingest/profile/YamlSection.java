package dev.tidegate.ingest.profile;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A mapping of a YAML file whose scalars are taken as text, exactly as written. Every key that is
 * asked for counts as known; {@link #refuseUnknown} names the others, each with its line.
 */
final class YamlSection {
  private final String file;
  private final String path;
  private final int line;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();

  YamlSection(String file, String path, Node node) {
    this.file = file;
    this.path = path;
    this.line = lineOf(node);
    if (!(node instanceof MappingNode mapping)) {
      throw error(line, (path.isEmpty() ? "the profile" : path) + " must be a map of keys");
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String key = scalar(tuple.getKeyNode(), path);
      if (nodes.put(key, tuple.getValueNode()) != null) {
        throw error(lineOf(tuple.getKeyNode()), "'" + key + "' stands twice");
      }
      lines.put(key, lineOf(tuple.getKeyNode()));
    }
  }

  private static int lineOf(Node node) {
    return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
  }

  /** An error at a line of this file. */
  ProfileException error(int atLine, String message) {
    return new ProfileException(file + ", line " + atLine + ": " + message);
  }

  /** An error at a key of this section. */
  ProfileException errorAt(String key, String message) {
    return error(lines.getOrDefault(key, line), dotted(key) + " " + message);
  }

  /** An error about this section as a whole. */
  ProfileException errorHere(String message) {
    return error(line, message);
  }

  private String dotted(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private String scalar(Node node, String where) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw error(lineOf(node), where + " must be one value");
  }

  /** Every key, in the order of the file. */
  Set<String> keys() {
    return nodes.keySet();
  }

  boolean has(String key) {
    known.add(key);
    return nodes.containsKey(key);
  }

  boolean isScalar(String key) {
    known.add(key);
    return nodes.get(key) instanceof ScalarNode;
  }

  @Nullable String text(String key) {
    known.add(key);
    Node node = nodes.get(key);
    return node == null ? null : scalar(node, dotted(key));
  }

  String text(String key, String otherwise) {
    String text = text(key);
    return text == null ? otherwise : text;
  }

  String required(String key, String meaning) {
    String text = text(key);
    if (text == null || text.isEmpty()) {
      throw errorHere((path.isEmpty() ? "the profile" : path) + " lacks '" + key + "': " + meaning);
    }
    return text;
  }

  boolean flag(String key, boolean otherwise) {
    String text = text(key);
    if (text == null) {
      return otherwise;
    }
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw errorAt(key, "must be true or false");
    };
  }

  @Nullable BigDecimal number(String key) {
    String text = text(key);
    if (text == null) {
      return null;
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw errorAt(key, "must be a number");
    }
  }

  /** One of a closed set of words. */
  String choice(String key, String otherwise, List<String> allowed) {
    String text = text(key, otherwise);
    if (!allowed.contains(text)) {
      throw errorAt(
          key, "must be one of " + String.join(", ", allowed) + NearestName.hint(text, allowed));
    }
    return text;
  }

  /** A list; a single value counts as a list of one. */
  List<String> list(String key) {
    known.add(key);
    Node node = nodes.get(key);
    if (node == null) {
      return List.of();
    }
    if (node instanceof SequenceNode sequence) {
      List<String> items = new ArrayList<>();
      sequence.getValue().forEach(item -> items.add(scalar(item, dotted(key))));
      return items;
    }
    return List.of(scalar(node, dotted(key)));
  }

  /** The section under a key, or null. */
  @Nullable YamlSection section(String key) {
    known.add(key);
    Node node = nodes.get(key);
    return node == null ? null : new YamlSection(file, dotted(key), node);
  }

  /** A map of text to text, empty if the key is absent. */
  Map<String, String> map(String key) {
    YamlSection section = section(key);
    if (section == null) {
      return Map.of();
    }
    Map<String, String> map = new LinkedHashMap<>();
    section.nodes.forEach((name, node) -> map.put(name, scalar(node, section.dotted(name))));
    return map;
  }

  /** A map of text to sets of text, empty if the key is absent. */
  Map<String, Set<String>> mapOfLists(String key) {
    YamlSection section = section(key);
    if (section == null) {
      return Map.of();
    }
    Map<String, Set<String>> map = new LinkedHashMap<>();
    section.nodes.keySet().forEach(name -> map.put(name, new LinkedHashSet<>(section.list(name))));
    return map;
  }

  /** Refuses a key nobody asked for, and names the nearest one somebody did. */
  void refuseUnknown() {
    for (String key : nodes.keySet()) {
      if (!known.contains(key)) {
        String where = path.isEmpty() ? "" : " in " + path;
        throw error(
            lines.getOrDefault(key, line),
            "unknown key '" + key + "'" + where + NearestName.hint(key, known));
      }
    }
  }
}
