package dev.tidegate.scoring.library;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A map of a YAML file with the lines of its values. Texts are taken exactly as written. A problem
 * throws {@link Wrong} with its line.
 */
final class YamlEntry {
  /** A problem and its line. */
  static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int line;

    Wrong(int line, String message) {
      super(message);
      this.line = line;
    }

    int line() {
      return line;
    }
  }

  private final int line;
  private final Map<String, Node> nodes = new LinkedHashMap<>();

  private YamlEntry(Node node, Collection<String> known) {
    if (!(node instanceof MappingNode mapping)) {
      throw new Wrong(lineOf(node), "must be a map: {key: value, ...}");
    }
    line = lineOf(node);
    for (NodeTuple tuple : mapping.getValue()) {
      String key = text(tuple.getKeyNode());
      if (!known.isEmpty() && !known.contains(key)) {
        throw new Wrong(
            lineOf(tuple.getKeyNode()),
            "unknown key '" + key + "'; it takes " + String.join(", ", known));
      }
      if (nodes.putIfAbsent(key, tuple.getValueNode()) != null) {
        throw new Wrong(lineOf(tuple.getKeyNode()), "'" + key + "' stands twice; keep one");
      }
    }
  }

  static YamlEntry parse(String yaml, Collection<String> known) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    try {
      Node root = new Yaml(options).compose(new StringReader(yaml));
      if (root == null) {
        throw new Wrong(1, "is empty");
      }
      return new YamlEntry(root, known);
    } catch (MarkedYAMLException e) {
      int at = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new Wrong(at, "not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      throw new Wrong(1, "not YAML: " + e.getMessage());
    }
  }

  private static int lineOf(Node node) {
    return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
  }

  private static String text(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw new Wrong(lineOf(node), "must be one value");
  }

  int line() {
    return line;
  }

  /**
   * Line on which the text of a key begins; of the map if it has not the key. That of a block
   * ({@code >-} or {@code |}) begins on the line after its mark.
   */
  int line(String key) {
    Node node = nodes.get(key);
    if (node == null) {
      return line;
    }
    boolean block =
        node instanceof ScalarNode scalar
            && (scalar.getScalarStyle().getChar() != null)
            && "|>".indexOf(scalar.getScalarStyle().getChar()) >= 0;
    return lineOf(node) + (block ? 1 : 0);
  }

  @Nullable String textOrNull(String key) {
    Node node = nodes.get(key);
    return node == null ? null : text(node);
  }

  String text(String key) {
    String text = textOrNull(key);
    if (text == null || text.isBlank()) {
      throw new Wrong(line(key), "lacks '" + key + "'");
    }
    return text;
  }

  /** A number, or what stands for it where the key is absent. */
  double number(String key, double otherwise) {
    String text = textOrNull(key);
    try {
      return text == null ? otherwise : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new Wrong(line(key), "'" + key + "' must be a number, not '" + text + "'");
    }
  }

  /** The texts in a list; empty if the key is absent. */
  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    items(key).forEach(item -> texts.add(text(item)));
    return texts;
  }

  /** The map under a key. */
  YamlEntry entry(String key, Collection<String> known) {
    Node node = nodes.get(key);
    if (node == null) {
      throw new Wrong(line, "lacks '" + key + "'");
    }
    return new YamlEntry(node, known);
  }

  /** The maps in a list; empty if the key is absent. */
  List<YamlEntry> entries(String key, Collection<String> known) {
    List<YamlEntry> entries = new ArrayList<>();
    items(key).forEach(item -> entries.add(new YamlEntry(item, known)));
    return entries;
  }

  /** All keys with their texts. */
  Map<String, String> map() {
    Map<String, String> map = new LinkedHashMap<>();
    nodes.forEach((key, node) -> map.put(key, text(node)));
    return map;
  }

  private List<Node> items(String key) {
    Node node = nodes.get(key);
    if (node == null) {
      return List.of();
    }
    if (node instanceof SequenceNode list) {
      return list.getValue();
    }
    throw new Wrong(lineOf(node), "'" + key + "' must be a list: [a, b]");
  }
}
