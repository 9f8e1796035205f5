package dev.tidegate.lab.bank;

/** Something that honest customers do. A habit has no memory: its day is a function of the seed. */
@FunctionalInterface
interface Habit {
  /** Puts what the customer does on the day on the schedule. */
  void live(Customer customer, Day day, SeededRandom random);
}
