package dev.tidegate.lab.bank;

/** Opens cases and numbers them. */
final class CaseBook {
  private int opened;

  PlantedCase open(PlantedKind kind, int payments, String origin) {
    return new PlantedCase(Ids.padded("C", ++opened, 6), kind, payments, origin);
  }
}
