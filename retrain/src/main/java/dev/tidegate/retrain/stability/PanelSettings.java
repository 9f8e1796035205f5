package dev.tidegate.retrain.stability;

/**
 * When a panel pages.
 *
 * @param level probability of any false rejection an hour, from the page budget; in (0, 1)
 * @param floor PSI up to which a difference does not matter in practice
 * @param persistence hours in a row that a feature must stand out, at least 1
 * @param least rows that an hour needs to be judged, and a reference hour to be compared with
 */
public record PanelSettings(double level, double floor, int persistence, int least) {
  private static final double FLOOR = 0.04;
  private static final int PERSISTENCE = 3;
  // Ten rows a cell: below, chi-square is a poor guide to PSI's tail.
  private static final int LEAST = 110;

  /** Above 0.04, for three hours in a row, in hours of 110 rows or more. */
  public static PanelSettings atLevel(double level) {
    return new PanelSettings(level, FLOOR, PERSISTENCE, LEAST);
  }

  /** Checks the ranges. */
  public PanelSettings {
    if (!(level > 0 && level < 1) || !(floor >= 0) || persistence < 1 || least < 1) {
      throw new IllegalArgumentException(
          "a panel needs a level in (0, 1), a floor not negative, persistence and rows of at least"
              + " 1: "
              + level
              + ", "
              + floor
              + ", "
              + persistence
              + ", "
              + least);
    }
  }
}
