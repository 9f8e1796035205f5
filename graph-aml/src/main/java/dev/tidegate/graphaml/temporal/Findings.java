package dev.tidegate.graphaml.temporal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What was found about one payment: its signals and the money paths behind them. Made once and
 * handed to {@link TemporalGraph#add} again and again; each call overwrites it.
 */
public final class Findings {
  private final SignalLayout layout;
  private final double[] values;
  private final List<List<Hop>> cycles = new ArrayList<>();
  private final List<Hop> middlemen = new ArrayList<>();

  /** Room for the signals of a layout. */
  public Findings(SignalLayout layout) {
    this.layout = layout;
    values = new double[layout.size()];
  }

  /** What was found elsewhere, with values in the layout's order. */
  public static Findings of(
      SignalLayout layout, double[] values, List<List<Hop>> cycles, List<Hop> middlemen) {
    Findings findings = new Findings(layout);
    System.arraycopy(values, 0, findings.values, 0, findings.values.length);
    findings.cycles.addAll(cycles);
    findings.middlemen.addAll(middlemen);
    return findings;
  }

  /** Values in the order of {@link SignalLayout#names()}; the array is used again. */
  public double[] values() {
    return values;
  }

  /** One value. */
  public double get(Pattern pattern) {
    return values[layout.place(pattern)];
  }

  /**
   * Cycles that the payment closed, at most as many as the settings list. Each is in the order of
   * its payments; the last is the payment itself.
   */
  public List<List<Hop>> cycles() {
    return Collections.unmodifiableList(cycles);
  }

  /**
   * Payments of the widest scatter-gather that the payment is part of: for each middleman what the
   * origin paid him and what he paid d. Empty where there are fewer than two middlemen.
   */
  public List<Hop> middlemen() {
    return Collections.unmodifiableList(middlemen);
  }

  void clear() {
    Arrays.fill(values, 0);
    cycles.clear();
    middlemen.clear();
  }

  void set(Pattern pattern, double value) {
    values[layout.place(pattern)] = value;
  }

  void add(Pattern pattern, double value) {
    values[layout.place(pattern)] += value;
  }

  void addCycle(List<Hop> hops) {
    cycles.add(hops);
  }

  void addMiddleman(Hop paid, Hop passedOn) {
    middlemen.add(paid);
    middlemen.add(passedOn);
  }
}
