package dev.tidegate.console.page;

import dev.tidegate.schemas.event.EvidenceAccount;
import dev.tidegate.schemas.event.EvidencePayment;
import dev.tidegate.schemas.event.LaunderingPattern;
import dev.tidegate.schemas.event.PatternAlert;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where accounts stand in a drawing. A cycle is a ring, begun at the left and gone round by the
 * clock. Everything else is in layers in the direction of the money: left to right, or top to
 * bottom if there are many layers of few accounts. An account's layer is one behind the last of
 * those that paid it, as far as payments do not go round.
 */
final class PathLayout {
  static final double BOX_WIDTH = 132;
  static final double BOX_HEIGHT = 32;

  private static final double NARROW = 640;
  private static final double WIDE = 800;
  private static final double ROW = 42;
  private static final double LAYER = 74;
  private static final int MANY_LAYERS = 4;

  private final Map<String, Place> places = new HashMap<>();
  private final Map<String, Integer> crowd = new HashMap<>();
  private double width = NARROW;
  private double height;
  private boolean sideways;

  private PathLayout() {}

  /** Where an arrow begins and ends. */
  record Line(Place begin, Place end) {}

  /** The line from one account to another: between layers that stand side by side, side to side. */
  Line line(String from, String to) {
    Place begin = of(from);
    Place end = of(to);
    if (sideways && begin.x != end.x) {
      double out = Math.signum(end.x - begin.x) * (BOX_WIDTH / 2 + 1);
      return new Line(new Place(begin.x + out, begin.y), new Place(end.x - out, end.y));
    }
    return new Line(begin.edgeTowards(end), end.edgeTowards(begin));
  }

  /** The middle of a box. */
  record Place(double x, double y) {
    /** Where a line from the middle of this box to another's leaves it. */
    Place edgeTowards(Place other) {
      double dx = other.x - x;
      double dy = other.y - y;
      double across = dx == 0 ? Double.MAX_VALUE : (BOX_WIDTH / 2 + 2) / Math.abs(dx);
      double along = dy == 0 ? Double.MAX_VALUE : (BOX_HEIGHT / 2 + 2) / Math.abs(dy);
      double share = Math.min(1, Math.min(across, along));
      return new Place(x + share * dx, y + share * dy);
    }
  }

  static PathLayout of(PatternAlert episode) {
    PathLayout layout = new PathLayout();
    for (EvidencePayment payment : episode.getEvidencePayments()) {
      layout.crowd.merge(payment.getFromAccount(), 1, Integer::sum);
      layout.crowd.merge(payment.getToAccount(), 1, Integer::sum);
    }
    if (episode.getPattern() == LaunderingPattern.CYCLE) {
      layout.ring(names(episode));
    } else {
      layout.layers(layersOf(episode));
    }
    return layout;
  }

  private static List<String> names(PatternAlert episode) {
    return episode.getEvidenceAccounts().stream().map(EvidenceAccount::getAccount).toList();
  }

  private void ring(List<String> names) {
    double ry = Math.max(110, names.size() * 24);
    double rx = width / 2 - BOX_WIDTH / 2 - 6;
    height = 2 * ry + BOX_HEIGHT + 24;
    for (int i = 0; i < names.size(); i++) {
      double angle = Math.PI + 2 * Math.PI * i / names.size();
      places.put(
          names.get(i),
          new Place(width / 2 + rx * Math.cos(angle), height / 2 + ry * Math.sin(angle)));
    }
  }

  /** Accounts by layer, each in the order in which it was found. */
  private static List<List<String>> layersOf(PatternAlert episode) {
    Map<String, Integer> depth = new LinkedHashMap<>();
    names(episode).forEach(name -> depth.put(name, 0));
    // Longest paths; a round is enough for each layer, and payments that go round end with them.
    for (int round = 1; round < depth.size(); round++) {
      boolean moved = false;
      for (EvidencePayment payment : episode.getEvidencePayments()) {
        int from = Objects.requireNonNull(depth.get(payment.getFromAccount()));
        int to = Objects.requireNonNull(depth.get(payment.getToAccount()));
        if (to <= from && from + 1 <= round && !goesBack(episode, payment)) {
          depth.put(payment.getToAccount(), from + 1);
          moved = true;
        }
      }
      if (!moved) {
        break;
      }
    }
    List<List<String>> layers = new ArrayList<>();
    depth.values().stream().distinct().sorted().forEach(d -> layers.add(new ArrayList<>()));
    List<Integer> used = depth.values().stream().distinct().sorted().toList();
    depth.forEach((name, d) -> layers.get(used.indexOf(d)).add(name));
    return layers;
  }

  /** Whether money comes back to an account that had paid before: drawn against the direction. */
  private static boolean goesBack(PatternAlert episode, EvidencePayment payment) {
    return episode.getEvidencePayments().stream()
        .anyMatch(
            other ->
                other.getFromAccount().equals(payment.getToAccount())
                    && other.getToAccount().equals(payment.getFromAccount())
                    && other.getTimeMs() < payment.getTimeMs());
  }

  private void layers(List<List<String>> layers) {
    int widest = layers.stream().mapToInt(List::size).max().orElse(1);
    if (layers.size() >= MANY_LAYERS && widest <= MANY_LAYERS) {
      height = layers.size() * LAYER - (LAYER - BOX_HEIGHT) + 12;
      for (int i = 0; i < layers.size(); i++) {
        place(layers.get(i), i, layers.size());
      }
    } else {
      height = Math.max(BOX_HEIGHT + 30, widest * ROW + 8);
      sideways = true;
      width = layers.size() > 2 ? WIDE : NARROW;
      for (int i = 0; i < layers.size(); i++) {
        place(layers.get(i), i, layers.size());
      }
    }
  }

  private void place(List<String> layer, int index, int count) {
    for (int i = 0; i < layer.size(); i++) {
      double share = (i + 0.5) / layer.size();
      double x =
          count == 1
              ? width / 2
              : BOX_WIDTH / 2 + 2 + index * (width - BOX_WIDTH - 4) / (count - 1);
      places.put(
          layer.get(i),
          sideways
              ? new Place(x, share * height)
              : new Place(share * width, BOX_HEIGHT / 2 + 6 + index * LAYER));
    }
  }

  /** Where the words of an arrow stand: nearer to the end at which fewer arrows meet. */
  Place words(String from, String to) {
    Line line = line(from, to);
    Place begin = line.begin;
    Place end = line.end;
    int leaving = crowd.getOrDefault(from, 1);
    int arriving = crowd.getOrDefault(to, 1);
    double share = leaving == arriving ? 0.5 : leaving < arriving ? 0.38 : 0.62;
    return new Place(begin.x + share * (end.x - begin.x), begin.y + share * (end.y - begin.y));
  }

  Place of(String account) {
    return Objects.requireNonNull(places.get(account));
  }

  int width() {
    return (int) width;
  }

  int height() {
    return (int) Math.ceil(height);
  }
}
