package dev.tidegate.scoring.rules;

import dev.tidegate.schemas.audit.FourEyes;
import dev.tidegate.schemas.event.Lane;
import dev.tidegate.schemas.event.Rule;
import dev.tidegate.schemas.event.RuleKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rule set that events make: each event of [rules] changes it or is refused. What is refused
 * leaves the version before it in place. Not thread safe; the sets it gives out are.
 */
public final class RuleSets {
  // runtime
  private RuleSet current;
  private long applied;
  private final List<String> refusals = new ArrayList<>();
  private long refused;

  /** Begins with a set. */
  public RuleSets(RuleSet first) {
    current = first;
  }

  /** The set as of the last event. */
  public RuleSet current() {
    return current;
  }

  /** Events that were taken. */
  public long applied() {
    return applied;
  }

  /** Events that were refused. */
  public long refused() {
    return refused;
  }

  /** Why events were refused since this was called last, a line each. */
  public List<String> takeRefusals() {
    List<String> taken = List.copyOf(refusals);
    refusals.clear();
    return taken;
  }

  /**
   * Takes an event.
   *
   * @param id the record's key
   * @param event null where the record has no value, which withdraws
   * @return true if it was taken, whether or not it changed anything
   */
  public boolean apply(String id, @Nullable Rule event) {
    try {
      current = changed(id, event);
      applied++;
      return true;
    } catch (RuleRefused e) {
      refuse("rule " + id + " is refused, the version before it stays: " + e.getMessage());
      return false;
    }
  }

  /** Counts a record that is no rule event at all. */
  public void refuse(String why) {
    refusals.add(why);
    refused++;
  }

  private RuleSet changed(String id, @Nullable Rule event) {
    if (event == null) {
      return current.without(id);
    }
    requireTwoPersons(event);
    if (!id.equals(event.getRuleId())) {
      throw new RuleRefused("the record's key is not its id, " + event.getRuleId());
    }
    Definition old = current.definition(id);
    if (old != null && old.version() > event.getVersion()) {
      throw new RuleRefused(
          "version "
              + event.getVersion()
              + " is older than "
              + old.version()
              + ", which is in use");
    }
    if (!event.getActive()) {
      return current.without(id);
    }
    Definition next = definition(event);
    if (old != null && old.version() == next.version() && !old.equals(next)) {
      throw new RuleRefused("version " + next.version() + " is in use with another content");
    }
    return next.equals(old) ? current : current.with(next);
  }

  /** A rule that decides needs somebody who saved it and somebody else who approved it. */
  private static void requireTwoPersons(Rule event) {
    String approver = event.getApprovedBy();
    if (event.getBy().isBlank() || approver == null || approver.isBlank()) {
      throw new RuleRefused("it needs an author and a second person who approved it");
    }
    if (FourEyes.samePerson(approver, event.getBy())) {
      throw new RuleRefused("its author cannot approve it; it needs a second person");
    }
  }

  /** What an event defines; its expression is not checked. */
  static Definition definition(Rule event) {
    Validity validity = validity(event);
    String id = event.getRuleId();
    int version = event.getVersion();
    return switch (event.getKind()) {
      case RULE ->
          new RuleDefinition(
              id,
              version,
              event.getExpression(),
              event.getOutcome(),
              event.getWeight(),
              event.getTypology(),
              validity);
      case TYPOLOGY -> typology(event, validity);
      case DENY, ALLOW ->
          new ListDefinition(
              id, version, event.getKind() == RuleKind.DENY, event.getExpression(), validity);
    };
  }

  private static Definition typology(Rule event, Validity validity) {
    Double threshold = event.getThreshold();
    if (threshold == null) {
      throw new RuleRefused("a typology needs a threshold");
    }
    Lane lane = event.getLane();
    return new TypologyDefinition(
        event.getRuleId(),
        event.getVersion(),
        threshold,
        event.getOutcome(),
        lane == null ? Lane.FRAUD : lane,
        validity);
  }

  private static Validity validity(Rule event) {
    Long from = event.getValidFromMs();
    Long until = event.getValidUntilMs();
    return new Validity(
        from == null ? Long.MIN_VALUE : from, until == null ? Long.MAX_VALUE : until);
  }
}
