package dev.tidegate.app.rules;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How one typology or one rule did on a simulated bank.
 *
 * @param id of the typology or rule
 * @param labels kinds that count as right; a rule has those of its typology
 * @param alerts payments on which it fires
 * @param cases planted cases of such kinds
 * @param byKind planted payments of each such kind that the bank had
 */
public record RuleFigures(
    String id, List<String> labels, Alerts alerts, Cases cases, List<OfKind> byKind) {
  /**
   * Payments on which it fires.
   *
   * @param all of them
   * @param right of the kinds that count
   * @param anyCrime planted, of whatever kind
   * @param per10k of 10,000 payments
   */
  public record Alerts(long all, long right, long anyCrime, double per10k) {}

  /**
   * Planted cases.
   *
   * @param all with a payment that was judged
   * @param found with an alert on one of them
   */
  public record Cases(int all, int found) {}

  /**
   * Payments of one kind.
   *
   * @param kind as planted
   * @param planted how many were judged
   * @param alerted on how many of them it fires
   */
  public record OfKind(String kind, long planted, long alerted) {
    /** Share that is alerted. */
    @JsonProperty
    public double recall() {
      return (double) alerted / planted;
    }
  }

  /** Planted payments of all kinds that count. */
  @JsonProperty
  public long planted() {
    return byKind.stream().mapToLong(OfKind::planted).sum();
  }

  /** Share of alerts that are right; NaN without alerts. */
  @JsonProperty
  public double precision() {
    return (double) alerts.right() / alerts.all();
  }

  /** Share of alerts on planted payments of whatever kind; NaN without alerts. */
  @JsonProperty
  public double crimeShare() {
    return (double) alerts.anyCrime() / alerts.all();
  }

  /** Share of planted payments that are alerted; NaN without any. */
  @JsonProperty
  public double recall() {
    return (double) alerts.right() / planted();
  }
}
