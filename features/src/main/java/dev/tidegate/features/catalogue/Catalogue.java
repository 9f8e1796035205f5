package dev.tidegate.features.catalogue;

import dev.tidegate.features.history.Kind;
import dev.tidegate.features.history.Layout;
import dev.tidegate.features.history.Measure;
import dev.tidegate.features.history.Recent;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The declared features: what each place of a vector holds. Read from YAML, one line a family:
 *
 * <pre>
 * sources:                                                     # works that a feature's line cites
 *   - {name: handbook, text: "Le Borgne et al. 2022"}
 * features:
 *   - {entity: card, aggregate: count, windows: [1h, 1d]}                     # card_count_1h, ...
 *   - {entity: card, aggregate: sum, field: base_amount, windows: [1d]}       # card_sum_base_1d
 *   - {entity: card, aggregate: distinct, field: merchant, windows: [1d]}
 *   - {entity: card, aggregate: count, filter: 'channel == "online"', as: online, windows: [1d]}
 *   - {entity: terminal, aggregate: risk, delay: 7d, windows: [30d], source: handbook}
 *   - {entity: account, aggregate: quantile_ratio, quantile: 0.5, windows: [30d]}
 *   - {payment: [amount, hour_of_day]}
 *   - {ratio: [card_count_1h, card_count_1d]}
 * sequences:
 *   - {entity: card, length: 32}                                   # or with fields: [age, amount]
 * </pre>
 *
 * <p>{@code entity} and {@code aggregate} may be lists. Immutable; serializable as configuration of
 * operators.
 */
public final class Catalogue implements Serializable {
  /** Part of the digest: raised when the kernel computes another number for the same measure. */
  static final int KERNEL_VERSION = 1;

  private static final long serialVersionUID = 1L;

  private static final Set<PaymentValue> CALENDAR =
      EnumSet.of(
          PaymentValue.HOUR_OF_DAY,
          PaymentValue.DAY_OF_WEEK,
          PaymentValue.DAY_OF_MONTH,
          PaymentValue.IS_WEEKEND,
          PaymentValue.IS_NIGHT);

  /** A measure and its place in the vector. */
  public record MeasureAt(int place, Measure measure) implements Serializable {}

  /** A number of the payment alone and its place in the vector. */
  public record ValueAt(int place, PaymentValue value) implements Serializable {}

  /** A ratio's place in the vector, and the places of what it is made of. */
  public record RatioAt(int place, int numerator, int denominator) implements Serializable {}

  /** What a catalogue is made of; filters and tags at the indices that measures refer to. */
  record Parts(
      List<Feature> features,
      List<String> filters,
      List<Tag> tags,
      List<Sequence> sequences,
      Rates rates,
      Map<String, List<String>> sources)
      implements Serializable {
    Parts {
      features = List.copyOf(features);
      filters = List.copyOf(filters);
      tags = List.copyOf(tags);
      sequences = List.copyOf(sequences);
      sources = Map.copyOf(sources);
    }
  }

  private final Parts parts;
  private final HashMap<String, Integer> places = new HashMap<>();
  private final EnumMap<Entity, List<MeasureAt>> measures = new EnumMap<>(Entity.class);
  private final ArrayList<ValueAt> values = new ArrayList<>();
  private final ArrayList<RatioAt> ratios = new ArrayList<>();
  private final String digest;

  /** A catalogue of checked parts: names are unique, and ratios stand in no circle. */
  Catalogue(Parts parts) {
    this.parts = parts;
    List<Feature.Ratio> unordered = new ArrayList<>();
    for (Feature feature : parts.features()) {
      int place = places.size();
      places.put(feature.name(), place);
      if (feature instanceof Feature.Measured m) {
        measures
            .computeIfAbsent(m.entity(), e -> new ArrayList<>())
            .add(new MeasureAt(place, m.measure()));
      } else if (feature instanceof Feature.OfPayment of) {
        values.add(new ValueAt(place, of.value()));
      } else if (feature instanceof Feature.Ratio ratio) {
        unordered.add(ratio);
      }
    }
    order(unordered);
    this.digest = sha256(new CanonicalText(this).digested());
  }

  private void order(List<Feature.Ratio> unordered) {
    List<String> names = unordered.stream().map(Feature.Ratio::name).toList();
    for (Feature.Ratio ratio : RatioOrder.of(unordered, names::contains)) {
      ratios.add(
          new RatioAt(place(ratio.name()), place(ratio.numerator()), place(ratio.denominator())));
    }
  }

  /**
   * Reads a catalogue, UTF-8, and the rates table {@code rates.yaml} beside it, if there is one.
   *
   * @throws CatalogueException if a file cannot be read or is wrong
   */
  public static Catalogue read(Path yaml) {
    Path rates = yaml.resolveSibling("rates.yaml");
    Rates table = Files.exists(rates) ? Rates.read(rates) : Rates.none();
    try {
      return parse(Files.readString(yaml), yaml.toString(), table);
    } catch (IOException e) {
      throw Problems.only(yaml.toString(), "the catalogue cannot be read: " + e.getMessage());
    }
  }

  /**
   * The catalogue that a text is.
   *
   * @param nameForErrors what messages call the text, such as {@code config/features.yaml}
   * @throws CatalogueException with every problem, its line and its fix
   */
  public static Catalogue parse(String yaml, String nameForErrors, Rates rates) {
    return new CatalogueReader(nameForErrors, rates).read(yaml);
  }

  /** The features in the order of a vector's values. */
  public List<Feature> features() {
    return parts.features();
  }

  /** Their names, in the same order. */
  public List<String> names() {
    return features().stream().map(Feature::name).toList();
  }

  /** Number of features: the length of a vector. */
  public int size() {
    return features().size();
  }

  /**
   * A feature's place in the vector.
   *
   * @throws IllegalArgumentException if there is no such feature
   */
  public int place(String name) {
    Integer place = places.get(name);
    if (place == null) {
      throw new IllegalArgumentException(
          "no feature '" + name + "'" + NearestName.hint(name, places.keySet()));
    }
    return place;
  }

  /**
   * SHA-256, hexadecimal, over the definition of every feature in order with all that its value
   * depends on: filters, entities, fields, the kernel's version and, where amounts are converted,
   * the rates with their date. Layout and comments of the file do not matter.
   */
  public String digest() {
    return digest;
  }

  /** The filters, CEL; a measure's filter and a bit of {@link Filters#bits} is an index in it. */
  public List<String> filters() {
    return parts.filters();
  }

  /** The filters, compiled; for one operator. */
  public Filters compiledFilters() {
    return new Filters(parts.filters(), parts.rates());
  }

  /** The tags in use; a measure's tag is an index in it. */
  public List<Tag> tags() {
    return parts.tags();
  }

  /** The entities that measures or sequences look at, in the order of {@link Entity}. */
  public Set<Entity> entities() {
    Set<Entity> entities = EnumSet.noneOf(Entity.class);
    entities.addAll(measures.keySet());
    parts.sequences().forEach(sequence -> entities.add(sequence.entity()));
    return entities;
  }

  /** The measures of one entity, in the order of their places; empty if it has none. */
  public List<MeasureAt> measures(Entity entity) {
    return List.copyOf(measures.getOrDefault(entity, List.of()));
  }

  /** The numbers of the payment alone, in the order of their places. */
  public List<ValueAt> values() {
    return List.copyOf(values);
  }

  /** The ratios, each after those it is made of. */
  public List<RatioAt> ratios() {
    return List.copyOf(ratios);
  }

  /** The sequences beside the vector; at most one an entity. */
  public List<Sequence> sequences() {
    return parts.sequences();
  }

  /** The place of an entity's sequence among them; -1 if it has none. */
  public int sequencePlace(Entity entity) {
    return sequences().stream().map(Sequence::entity).toList().indexOf(entity);
  }

  /** What an entity's histories are kept for; the order of its measures is that of their places. */
  public Layout layout(Entity entity) {
    return new Layout(
        measures(entity).stream().map(MeasureAt::measure).toList(),
        filters(),
        tags().stream().map(Tag::noun).toList(),
        recent(entity));
  }

  private Recent recent(Entity entity) {
    int place = sequencePlace(entity);
    if (place < 0) {
      return Recent.NONE;
    }
    Sequence sequence = sequences().get(place);
    return new Recent(
        sequence.length(), sequence.fields().stream().map(f -> f.column(tags())).toList());
  }

  /**
   * How far before a payment its features look, milliseconds: the longest window with its delay, or
   * what a sequence looks back. What looks back for ever is left out.
   */
  public long reachMs() {
    long windowsMs =
        measures.values().stream()
            .flatMap(List::stream)
            .mapToLong(at -> at.measure().windowMs() + at.measure().delayMs())
            .max()
            .orElse(0);
    return sequences().isEmpty() ? windowsMs : Math.max(windowsMs, Recent.REACH_MS);
  }

  /**
   * Names of features that move with time alone, whatever payments are like: parts of the calendar,
   * ages that grow, and ratios of these. In no order.
   */
  public Set<String> movingWithTime() {
    Set<String> moving = new HashSet<>();
    for (Feature feature : features()) {
      boolean moves =
          (feature instanceof Feature.OfPayment of && CALENDAR.contains(of.value()))
              || (feature instanceof Feature.Measured measured
                  && measured.measure().kind() == Kind.FIRST_SEEN);
      if (moves) {
        moving.add(feature.name());
      }
    }
    List<String> names = names();
    for (RatioAt ratio : ratios) {
      if (moving.contains(names.get(ratio.numerator()))
          || moving.contains(names.get(ratio.denominator()))) {
        moving.add(names.get(ratio.place()));
      }
    }
    return moving;
  }

  /** The rates table; empty if there is none. */
  public Rates rates() {
    return parts.rates();
  }

  /** The catalogue as YAML, a line a feature; with the same rates it reads back to the same. */
  public String canonical() {
    return new CanonicalText(this).yaml();
  }

  /** The published works that a feature's line names; empty if it names none. */
  public List<String> sources(Feature feature) {
    return parts.sources().getOrDefault(feature.name(), List.of());
  }

  /** What a feature says, in words. */
  public Description describe(Feature feature) {
    return new Wording(this).of(feature);
  }

  private static String sha256(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
