package dev.tidegate.features.catalogue;

import dev.tidegate.features.catalogue.YamlMap.Word;
import dev.tidegate.features.history.Measure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The features of a catalogue while it is read, with the filters and tags that they refer to. */
final class FeatureTable {
  // What a model answers has this name among a release's references and in rules.
  private static final String TAKEN = "score";

  private final Problems problems;
  private final List<Feature> features = new ArrayList<>();
  private final List<String> filters = new ArrayList<>();
  private final List<Tag> tags = new ArrayList<>();
  private final Map<String, Integer> lines = new HashMap<>();
  private final Map<String, List<String>> sources = new HashMap<>();
  private List<String> cited = List.of();

  FeatureTable(Problems problems) {
    this.problems = problems;
  }

  /** Says what the features that are added from now on are taken from. */
  void cite(List<String> texts) {
    cited = List.copyOf(texts);
  }

  /** Adds a feature, unless its name is taken. */
  void add(Feature feature, int line) {
    if (feature.name().equals(TAKEN)) {
      problems.at(
          line,
          "no feature can be named '"
              + TAKEN
              + "': so the model's own score is named in rules and in what drift is measured"
              + " against; name this one otherwise with 'as'");
    }
    Integer earlier = lines.putIfAbsent(feature.name(), line);
    if (earlier == null) {
      features.add(feature);
      sources.put(feature.name(), cited);
    } else {
      problems.at(
          line,
          "feature '"
              + feature.name()
              + "' is declared already on line "
              + earlier
              + "; take one out, or name this one with 'as'");
    }
  }

  /** Index of a filter; {@link Measure#ALL}, with the problem noted, if it is none. */
  int filter(Word text) {
    String filter = text.text().strip();
    int known = filters.indexOf(filter);
    if (known >= 0) {
      return known;
    }
    String problem = FilterCompiler.problemOf(filter);
    if (!problem.isEmpty()) {
      problems.at(text.line(), problem);
      return Measure.ALL;
    }
    if (filters.size() == Filters.MOST) {
      problems.at(text.line(), "a catalogue has at most " + Filters.MOST + " different filters");
      return Measure.ALL;
    }
    filters.add(filter);
    return filters.size() - 1;
  }

  /** Index of a tag. */
  int tag(Tag tag) {
    int known = tags.indexOf(tag);
    if (known < 0) {
      tags.add(tag);
      return tags.size() - 1;
    }
    return known;
  }

  /** Line of a feature that is declared. */
  int line(Feature feature) {
    return lines.getOrDefault(feature.name(), 1);
  }

  boolean isDeclared(String name) {
    return lines.containsKey(name);
  }

  /** What each feature is taken from, by its name. */
  Map<String, List<String>> sources() {
    return sources;
  }

  List<Feature> features() {
    return features;
  }

  List<String> names() {
    return features.stream().map(Feature::name).toList();
  }

  List<String> filters() {
    return filters;
  }

  List<Tag> tags() {
    return tags;
  }
}
