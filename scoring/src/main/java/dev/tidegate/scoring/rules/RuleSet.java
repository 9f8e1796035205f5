package dev.tidegate.scoring.rules;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rules, typologies and lists that decide together, compiled once. Its version is a digest of all
 * that decides, so that equal versions decide equally. Immutable and thread safe; a change is
 * another set, which compiles only what changed.
 */
public final class RuleSet {
  /** Most rules of a set. */
  public static final int MOST_RULES = 1_000;

  /** Most steps that all rules of a set take together for a payment. */
  public static final int MOST_STEPS = 50_000;

  private static final int VERSION_DIGITS = 16;

  private final RuleLanguage language;
  private final SortedMap<String, Definition> definitions;
  private final List<CompiledRule> rules;
  private final List<TypologyDefinition> typologies;
  private final int[] typologyOf;
  private final TokenLists lists;
  private final String version;

  private RuleSet(
      RuleLanguage language,
      SortedMap<String, Definition> definitions,
      Map<String, CompiledRule> before) {
    this.language = language;
    this.definitions = definitions;
    this.rules = compiled(language, of(definitions, RuleDefinition.class), before);
    this.typologies = of(definitions, TypologyDefinition.class);
    this.lists = new TokenLists(of(definitions, ListDefinition.class), language);
    this.typologyOf =
        rules.stream().mapToInt(rule -> placeOf(rule.definition().typology())).toArray();
    this.version = definitions.isEmpty() ? "" : digest(definitions.values());
  }

  /** A set without rules. */
  public static RuleSet empty(RuleLanguage language) {
    return new RuleSet(language, new TreeMap<>(), Map.of());
  }

  /**
   * Compiles a set.
   *
   * @throws RuleRefused if one is wrong, two have one id, or they take too many steps
   */
  public static RuleSet of(RuleLanguage language, Collection<? extends Definition> definitions) {
    SortedMap<String, Definition> byId = new TreeMap<>();
    for (Definition definition : definitions) {
      if (byId.putIfAbsent(definition.id(), definition) != null) {
        throw new RuleRefused("id '" + definition.id() + "' stands twice; ids are unique");
      }
    }
    return new RuleSet(language, byId, Map.of());
  }

  /** This set with a definition, in place of the one of its id. */
  public RuleSet with(Definition definition) {
    SortedMap<String, Definition> changed = new TreeMap<>(definitions);
    changed.put(definition.id(), definition);
    return new RuleSet(language, changed, byId());
  }

  /** This set without what has the id. */
  public RuleSet without(String id) {
    SortedMap<String, Definition> changed = new TreeMap<>(definitions);
    return changed.remove(id) == null ? this : new RuleSet(language, changed, byId());
  }

  private Map<String, CompiledRule> byId() {
    Map<String, CompiledRule> compiled = new TreeMap<>();
    rules.forEach(rule -> compiled.put(rule.definition().id(), rule));
    return compiled;
  }

  private static <T extends Definition> List<T> of(
      SortedMap<String, Definition> definitions, Class<T> type) {
    return definitions.values().stream()
        .flatMap(one -> type.isInstance(one) ? Stream.of(type.cast(one)) : Stream.empty())
        .toList();
  }

  private static List<CompiledRule> compiled(
      RuleLanguage language, List<RuleDefinition> rules, Map<String, CompiledRule> before) {
    if (rules.size() > MOST_RULES) {
      throw new RuleRefused(rules.size() + " rules, more than " + MOST_RULES);
    }
    List<CompiledRule> compiled = new ArrayList<>();
    for (RuleDefinition rule : rules) {
      CompiledRule old = before.get(rule.id());
      compiled.add(
          old != null && old.definition().equals(rule) ? old : CompiledRule.of(rule, language));
    }
    int steps = compiled.stream().mapToInt(CompiledRule::cost).sum();
    if (steps > MOST_STEPS) {
      throw new RuleRefused("rules take " + steps + " steps a payment, more than " + MOST_STEPS);
    }
    return List.copyOf(compiled);
  }

  private int placeOf(@Nullable String typology) {
    for (int i = 0; i < typologies.size(); i++) {
      if (typologies.get(i).id().equals(typology)) {
        return i;
      }
    }
    return -1;
  }

  private static String digest(Collection<Definition> definitions) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (Definition definition : definitions) {
        sha.update(definition.canonical().getBytes(StandardCharsets.UTF_8));
        sha.update((byte) '\n');
      }
      return HexFormat.of().formatHex(sha.digest()).substring(0, VERSION_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The first 16 hexadecimal digits of a SHA-256 over all that decides; empty for no rules. */
  public String version() {
    return version;
  }

  /** Names that rules of this set may use. */
  public RuleLanguage language() {
    return language;
  }

  /** Rules, typologies and lists, by id. */
  public Collection<Definition> definitions() {
    return definitions.values();
  }

  /** What has an id; null if nothing has. */
  public @Nullable Definition definition(String id) {
    return definitions.get(id);
  }

  boolean isEmpty() {
    return definitions.isEmpty();
  }

  List<CompiledRule> rules() {
    return rules;
  }

  List<TypologyDefinition> typologies() {
    return typologies;
  }

  /** Place of the typology that a rule counts for; -1 if it is not in the set. */
  int typologyOf(int rule) {
    return typologyOf[rule];
  }

  TokenLists lists() {
    return lists;
  }
}
