package dev.tidegate.lab.bank;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a written simulation holds.
 *
 * @param transactions all payments
 * @param fraud payments of planted fraud
 * @param laundering payments of planted laundering
 * @param cases planted cases with at least one payment
 * @param byKind planted payments by kind; every kind is there
 */
public record SimulationSummary(
    long transactions, long fraud, long laundering, int cases, Map<PlantedKind, Long> byKind) {
  /** Keeps its own copy of the map, which lists the kinds in their order. */
  public SimulationSummary {
    byKind = Collections.unmodifiableMap(new EnumMap<>(byKind));
  }
}
