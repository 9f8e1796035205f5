package dev.tidegate.lab.bank;

/** How one kind of case is carried out. */
@FunctionalInterface
interface Plot {
  /**
   * Plans one whole case that starts on the day.
   *
   * @return its payments: what it takes from the kind's share of all payments
   */
  int carryOut(Day day, SeededRandom random);
}
