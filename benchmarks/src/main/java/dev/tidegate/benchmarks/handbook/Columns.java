package dev.tidegate.benchmarks.handbook;

import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Feature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Some of a catalogue's features: what a model sees of a vector. Immutable. */
public final class Columns {
  private final String name;
  private final List<String> features = new ArrayList<>();
  private final int[] places;

  private Columns(String name, Catalogue catalogue, Predicate<Family> kept) {
    this.name = name;
    List<Feature> all = catalogue.features();
    int[] found = new int[all.size()];
    for (int place = 0; place < all.size(); place++) {
      if (kept.test(Family.of(all.get(place)))) {
        found[features.size()] = place;
        features.add(all.get(place).name());
      }
    }
    places = Arrays.copyOf(found, features.size());
  }

  /** Every feature. */
  public static Columns all(Catalogue catalogue) {
    return new Columns("all", catalogue, family -> true);
  }

  /** All but one family. */
  public static Columns without(Family family, Catalogue catalogue) {
    return new Columns("without " + family.words(), catalogue, other -> other != family);
  }

  /** One family and the payment's own features. */
  public static Columns alone(Family family, Catalogue catalogue) {
    return new Columns(
        family.words() + " alone", catalogue, other -> other == family || other == Family.PAYMENT);
  }

  /** What is left in, in words. */
  public String name() {
    return name;
  }

  /** Names of the features, in the catalogue's order. */
  public List<String> features() {
    return List.copyOf(features);
  }

  /** Number of features. */
  public int size() {
    return places.length;
  }

  /** Copies these features out of a whole vector. */
  public void copy(float[] vector, float[] target, int from) {
    for (int i = 0; i < places.length; i++) {
      target[from + i] = vector[places[i]];
    }
  }
}
