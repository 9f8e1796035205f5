package dev.tidegate.features;

/** Order among payments and labels of one moment. */
final class StreamOrder {
  private StreamOrder() {}

  /** Labels first, then by id. */
  static int compareTies(Payment left, Payment right) {
    if (left.isLabel != right.isLabel) {
      return left.isLabel ? -1 : 1;
    }
    int high = Long.compare(left.idHigh, right.idHigh);
    return high != 0 ? high : Long.compare(left.idLow, right.idLow);
  }
}
