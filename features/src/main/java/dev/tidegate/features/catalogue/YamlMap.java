package dev.tidegate.features.catalogue;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** A map of a YAML file with the line of each word. Texts are taken exactly as written. */
final class YamlMap {
  /** A scalar and where it stands, counted from 1. */
  record Word(String text, int line) {}

  private final String what;
  private final int line;
  private final Problems problems;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new LinkedHashMap<>();

  private YamlMap(String what, MappingNode node, Problems problems) {
    this.what = what;
    this.line = lineOf(node);
    this.problems = problems;
    for (NodeTuple tuple : node.getValue()) {
      Word key = word(tuple.getKeyNode(), "a key of " + what);
      if (key != null && nodes.putIfAbsent(key.text(), tuple.getValueNode()) != null) {
        problems.at(key.line(), "'" + key.text() + "' stands twice; keep one");
      } else if (key != null) {
        lines.put(key.text(), key.line());
      }
    }
  }

  /**
   * The map that a text is.
   *
   * @return null, with the problem noted, if the text is no YAML or no map
   */
  static @Nullable YamlMap parse(String yaml, String what, Problems problems) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(50);
    try {
      Node root = new Yaml(options).compose(new StringReader(yaml));
      if (root == null) {
        problems.at(1, what + " is empty");
        return null;
      }
      return of(root, what, problems);
    } catch (MarkedYAMLException e) {
      int at = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      problems.at(at, "not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      problems.at(1, "not YAML: " + e.getMessage());
    }
    return null;
  }

  private static @Nullable YamlMap of(Node node, String what, Problems problems) {
    if (node instanceof MappingNode mapping) {
      return new YamlMap(what, mapping, problems);
    }
    problems.at(lineOf(node), what + " must be a map: {key: value, ...}");
    return null;
  }

  private static int lineOf(Node node) {
    return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
  }

  private @Nullable Word word(Node node, String where) {
    if (node instanceof ScalarNode scalar) {
      return new Word(scalar.getValue(), lineOf(node));
    }
    problems.at(lineOf(node), where + " must be one value");
    return null;
  }

  /** Line on which the map starts. */
  int line() {
    return line;
  }

  /** Line of a key, or of the map if it has not the key. */
  int line(String key) {
    return lines.getOrDefault(key, line);
  }

  boolean has(String key) {
    return nodes.containsKey(key);
  }

  /** Keys in the order of the file. */
  Set<String> keys() {
    return nodes.keySet();
  }

  /** The one value of a key; null if the key is absent, or the problem is noted. */
  @Nullable Word word(String key) {
    Node node = nodes.get(key);
    return node == null ? null : word(node, "'" + key + "'");
  }

  /** The values of a key, where one value counts as a list of one; empty if it is absent. */
  List<Word> words(String key) {
    List<Word> words = new ArrayList<>();
    for (Node node : items(key)) {
      Word word = word(node, "each of '" + key + "'");
      if (word != null) {
        words.add(word);
      }
    }
    return words;
  }

  /** The map under a key; null if the key is absent, or the problem is noted. */
  @Nullable YamlMap map(String key) {
    Node node = nodes.get(key);
    return node == null ? null : of(node, "'" + key + "'", problems);
  }

  /** The maps in the list under a key, each called as given; empty if it is absent. */
  List<YamlMap> maps(String key, String each) {
    List<YamlMap> maps = new ArrayList<>();
    for (Node node : items(key)) {
      YamlMap map = of(node, each, problems);
      if (map != null) {
        maps.add(map);
      }
    }
    return maps;
  }

  private List<Node> items(String key) {
    Node node = nodes.get(key);
    if (node == null) {
      return List.of();
    }
    return node instanceof SequenceNode list ? list.getValue() : List.of(node);
  }

  /** Notes each key that is not among the known ones. */
  void refuseOthers(Collection<String> known) {
    for (String key : nodes.keySet()) {
      if (!known.contains(key)) {
        String hint = NearestName.hint(key, known);
        String others = hint.isEmpty() ? "; it takes " + String.join(", ", known) : hint;
        problems.at(line(key), what + " has an unknown key '" + key + "'" + others);
      }
    }
  }

  /** Notes that a key is missing. */
  void refuseMissing(String key, String example) {
    if (!has(key)) {
      problems.at(line, what + " lacks '" + key + "'; write for example " + example);
    }
  }
}
