package dev.tidegate.graphaml.config;

import dev.tidegate.graphaml.lane.JoinBounds;
import dev.tidegate.graphaml.pattern.PatternSettings;
import dev.tidegate.graphaml.temporal.CurrencyRule;
import dev.tidegate.graphaml.temporal.GraphSettings;
import dev.tidegate.graphaml.temporal.TimeWindow;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * What the graph stage is told by its file, {@code config/graph.yaml}, and the table of rates that
 * it names.
 *
 * @param graph what the graph looks at
 * @param patterns what of it is worth an alert
 * @param layout how the graph lies in the job's tasks; changes no signal
 * @param boundMs how far time, in the payments' own, may go on beyond a payment before its signals
 *     leave without the answers that have not come. Of shards alone: other layouts await nothing
 * @param lists accounts that are listed; the signals' digest does not depend on them, for they
 *     change as a bank learns
 */
public record GraphConfig(
    GraphSettings graph,
    PatternSettings patterns,
    GraphLayout layout,
    long boundMs,
    AccountLists lists)
    implements Serializable {
  /** The bound where the file has none. */
  public static final long BOUND_MS = 2_000;

  private static final long LONGEST_BOUND_MS = 3_600_000;
  private static final String OTHERS = "others";
  private static final String LAYOUT = "layout";

  /** What the layout was called before there were shards. */
  private static final String REPLICAS = "replicas";

  private static final String BOUND = "bound";
  private static final String COUNT_LONGER = "count-longer-cycles";
  private static final String FOLLOW_MONEY = "follow-money";
  private static final String LISTS = "lists";

  /**
   * Refuses what cannot be meant.
   *
   * @throws IllegalArgumentException if shards are asked for patterns that they do not find, or the
   *     bound is negative or longer than an hour, for which tasks would keep what waits
   */
  public GraphConfig {
    if (layout.kind() == GraphLayout.Kind.SHARDS
        && graph.limits().cycleHops() > GraphSettings.COUNTED_HOPS) {
      throw new IllegalArgumentException(
          "graph settings: shards find cycles of 6 payments at most: set cycle-hops to 6 or less"
              + " and count-longer-cycles to false, or take another layout");
    }
    if (layout.kind() == GraphLayout.Kind.SHARDS && graph.limits().followsMoney()) {
      throw new IllegalArgumentException(
          "graph settings: shards follow no trails: set follow-money to false, or take another"
              + " layout");
    }
    if (boundMs < 0 || boundMs > LONGEST_BOUND_MS) {
      throw new IllegalArgumentException("graph settings: bound: 0s to 1h, not " + boundMs + " ms");
    }
    PatternSettings.Widths widths = patterns.widths();
    if (layout.kind() == GraphLayout.Kind.SHARDS
        && (widths.passThrough() | widths.fanIn() | widths.fanOut() | widths.gatherScatter())
            != 0) {
      throw new IllegalArgumentException(
          "graph settings: shards raise alerts of cycles and scatter-gathers alone: set"
              + " pass-through, fan-in, fan-out and gather-scatter under patterns, widths to 0,"
              + " or take another layout");
    }
  }

  /** One graph in one task. */
  public GraphConfig(GraphSettings graph, PatternSettings patterns) {
    this(graph, patterns, 1);
  }

  /** So many graphs side by side, no account is listed. */
  public GraphConfig(GraphSettings graph, PatternSettings patterns, int replicas) {
    this(graph, patterns, GraphLayout.replicas(replicas), BOUND_MS, AccountLists.NONE);
  }

  /** Graphs side by side; 1 for one graph. */
  public int replicas() {
    return layout.kind() == GraphLayout.Kind.REPLICAS ? layout.parts() : 1;
  }

  /** The same with so many replicas. */
  public GraphConfig withReplicas(int count) {
    return with(GraphLayout.replicas(count));
  }

  /** The same in another layout. */
  public GraphConfig with(GraphLayout other) {
    return new GraphConfig(graph, patterns, other, boundMs, lists);
  }

  /** The same with another bound. */
  public GraphConfig withBound(long ms) {
    return new GraphConfig(graph, patterns, layout, ms, lists);
  }

  /**
   * Refuses a join of features and signals under which vectors of late payments would go on before
   * their signals. Other layouts than shards await nothing, so that the bound says nothing of them.
   *
   * @throws IllegalArgumentException if shards may wait longer than vectors do
   */
  public void check(JoinBounds joining) {
    if (layout.kind() == GraphLayout.Kind.SHARDS && boundMs > joining.waitMs()) {
      throw new IllegalArgumentException(
          "graph settings: with shards, bound must be no longer than wait under vectors, or vectors"
              + " of late payments go on before their signals; bound is "
              + boundMs
              + " ms, vectors.wait "
              + joining.waitMs()
              + " ms: shorten bound or lengthen vectors.wait");
    }
  }

  /** The same with accounts listed. */
  public GraphConfig withLists(AccountLists known) {
    return new GraphConfig(graph, patterns, layout, boundMs, known);
  }

  /**
   * Reads the file.
   *
   * @throws IllegalArgumentException if something in it cannot be meant; it names file and key
   */
  public static GraphConfig read(Path file) {
    SettingsFile root =
        SettingsFile.read(file)
            .only(
                Set.of(
                    "rates",
                    LAYOUT,
                    BOUND,
                    REPLICAS,
                    "graph",
                    "amounts",
                    "patterns",
                    "vectors",
                    LISTS));
    SettingsFile rates =
        SettingsFile.read(file.resolveSibling(root.text("rates")))
            .only(Set.of("base", "date", "rates"));
    return new GraphConfig(
        graph(root.section("graph"), currencies(root.section("amounts"), rates)),
        patterns(root.section("patterns")),
        layout(root),
        root.keys().contains(BOUND) ? root.span(BOUND) : BOUND_MS,
        root.keys().contains(LISTS)
            ? AccountLists.read(root.section(LISTS), file)
            : AccountLists.NONE);
  }

  private static GraphLayout layout(SettingsFile root) {
    boolean named = root.keys().contains(LAYOUT);
    if (!root.keys().contains(REPLICAS)) {
      return named ? GraphLayout.of(root.text(LAYOUT)) : GraphLayout.ONE_GRAPH;
    }
    if (named) {
      throw new IllegalArgumentException(
          "graph settings: replicas is now called layout, and both are there: leave replicas out");
    }
    return GraphLayout.replicas(root.whole(REPLICAS));
  }

  private static GraphSettings graph(SettingsFile graph, List<CurrencyRule> currencies) {
    graph.only(
        Set.of(
            "windows",
            "disorder",
            "memory",
            "epoch",
            "hub-degree",
            "cycle-hops",
            COUNT_LONGER,
            FOLLOW_MONEY,
            "search-steps",
            "listed-paths",
            "tolerance"));
    List<TimeWindow> windows =
        graph.spans("windows").stream()
            .map(word -> new TimeWindow(word, graph.span("windows", word)))
            .toList();
    return new GraphSettings(
        windows,
        new GraphSettings.Horizons(
            graph.span("disorder"), graph.span("memory"), graph.span("epoch")),
        new GraphSettings.Limits(
            graph.whole("hub-degree"),
            graph.whole("cycle-hops"),
            graph.whole("search-steps"),
            graph.whole("listed-paths"),
            isOn(graph, COUNT_LONGER),
            isOn(graph, FOLLOW_MONEY)),
        graph.number("tolerance"),
        currencies);
  }

  /** Whether a switch is on; files of before there was one do not have it. */
  private static boolean isOn(SettingsFile graph, String key) {
    return graph.keys().contains(key) && graph.yes(key);
  }

  private static PatternSettings patterns(SettingsFile patterns) {
    patterns.only(Set.of("widths", "wait", "quiet", "longest", "payments", "accounts"));
    SettingsFile widths =
        patterns
            .section("widths")
            .only(
                Set.of(
                    "cycle",
                    "fan-in",
                    "fan-out",
                    "gather-scatter",
                    "scatter-gather",
                    "pass-through"));
    return new PatternSettings(
        new PatternSettings.Widths(
            widths.whole("cycle"),
            widths.whole("fan-in"),
            widths.whole("fan-out"),
            widths.whole("gather-scatter"),
            widths.whole("scatter-gather"),
            widths.whole("pass-through")),
        new PatternSettings.Times(
            patterns.span("wait"), patterns.span("quiet"), patterns.span("longest")),
        new PatternSettings.Bounds(patterns.whole("payments"), patterns.whole("accounts")));
  }

  /**
   * SHA-256, hexadecimal, over graph and patterns: names them on each pattern alert. Not over the
   * layout, which changes nothing, the bound, of which each signal says when it cut something off,
   * and lists, which change as a bank learns.
   */
  public String digest() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((graph + "\n" + patterns).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The base currency first, then the others by their code. */
  private static List<CurrencyRule> currencies(SettingsFile amounts, SettingsFile table) {
    amounts.only(Set.of("limit", "just-under", "round"));
    String base = table.text("base");
    SettingsFile rates = table.section("rates");
    List<CurrencyRule> rules = new ArrayList<>();
    rules.add(rule(amounts, base, base, 1));
    rates.keys().stream()
        .sorted()
        .filter(code -> !code.equals(base))
        .forEach(code -> rules.add(rule(amounts, base, code, rates.number(code))));
    return rules;
  }

  private static CurrencyRule rule(SettingsFile amounts, String base, String code, double rate) {
    double minors = Math.pow(10, digits(code));
    double toBase = Math.pow(10, digits(base) - digits(code)) / rate;
    return new CurrencyRule(
        code,
        toBase,
        Math.round(of(amounts.section("limit"), code) * minors),
        amounts.number("just-under"),
        Math.round(of(amounts.section("round"), code) * minors));
  }

  /** Of a currency, or of all that are not listed. */
  private static double of(SettingsFile section, String code) {
    return section.number(section.keys().contains(code) ? code : OTHERS);
  }

  /** Decimals of a currency; 2 of one that the platform does not know. */
  private static int digits(String code) {
    try {
      return Math.max(0, Currency.getInstance(code).getDefaultFractionDigits());
    } catch (IllegalArgumentException e) {
      return 2;
    }
  }
}
