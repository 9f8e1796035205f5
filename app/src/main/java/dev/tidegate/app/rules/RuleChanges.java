package dev.tidegate.app.rules;

import dev.tidegate.app.Refused;
import dev.tidegate.app.audit.AuditedActions;
import dev.tidegate.app.models.Whereabouts;
import dev.tidegate.app.topics.ControlEvents;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.audit.AuditChain;
import dev.tidegate.schemas.audit.FourEyes;
import dev.tidegate.schemas.event.Rule;
import dev.tidegate.schemas.event.RuleKind;
import dev.tidegate.scoring.library.RuleLibrary;
import dev.tidegate.scoring.rules.Definition;
import dev.tidegate.scoring.rules.ListDefinition;
import dev.tidegate.scoring.rules.RuleDefinition;
import dev.tidegate.scoring.rules.TypologyDefinition;
import dev.tidegate.scoring.rules.Validity;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A library's rules as events on [rules]: what is new there, and what differs from what stands with
 * the next version. Each change names its author and a second person, as scorers demand.
 */
public final class RuleChanges {
  private static final int NAMED = 5;

  private final ControlEvents events;
  private final AuditedActions actions;
  private final InstantSource clock;
  private final People people;

  /**
   * Who changes rules.
   *
   * @param author who saved them
   * @param approver somebody else who approved them
   */
  public record People(String author, String approver) {
    /** Refuses one person in both roles. */
    public People {
      if (author.isBlank() || approver.isBlank() || FourEyes.samePerson(author, approver)) {
        throw new Refused("a rule needs an author (--as) and another person (--approved-by)");
      }
    }
  }

  /** Changes by people at a platform; the clock stamps events. */
  public RuleChanges(Whereabouts platform, InstantSource clock, People people) {
    this.events = platform.events();
    this.actions = platform.actions(clock);
    this.clock = clock;
    this.people = people;
  }

  /**
   * What was sent.
   *
   * @param added ids that are new
   * @param changed ids whose content changed
   * @param same how many stood already
   */
  public record Sent(List<String> added, List<String> changed, int same) {}

  /** The newest event of each id that stands. */
  public static Map<String, Rule> standing(ControlEvents events) {
    Map<String, Rule> newest = new TreeMap<>();
    events.all(Topics.RULES, Rule.class).forEach(rule -> newest.put(rule.getRuleId(), rule));
    return newest;
  }

  /**
   * Sends what a library has and the topic has not: one control action, whose events and audit are
   * there together or not at all.
   */
  public Sent send(RuleLibrary library) {
    Map<String, Rule> standing = standing(events);
    List<String> added = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    List<ControlEvents.Keyed<Rule>> out = new ArrayList<>();
    int same = 0;
    for (Definition definition : library.definitions()) {
      Rule old = standing.get(definition.id());
      Rule next = event(definition, old);
      if (old != null && sameContent(old, next)) {
        same++;
      } else {
        (old == null ? added : changed).add(definition.id());
        out.add(new ControlEvents.Keyed<>(definition.id(), next));
      }
    }
    if (!out.isEmpty()) {
      act(out, "rules.send", subject(added, changed));
    }
    return new Sent(added, changed, same);
  }

  private static String subject(List<String> added, List<String> changed) {
    List<String> all = new ArrayList<>(added);
    all.addAll(changed);
    String named = String.join(", ", all.subList(0, Math.min(NAMED, all.size())));
    return all.size() > NAMED ? named + " and " + (all.size() - NAMED) + " more" : named;
  }

  private void act(List<ControlEvents.Keyed<Rule>> sent, String action, String subject) {
    StringBuilder versions = new StringBuilder();
    for (ControlEvents.Keyed<Rule> one : sent) {
      versions.append(versions.isEmpty() ? "" : ", ");
      versions.append(one.key()).append(" version ").append(one.event().getVersion());
    }
    versions.append(", approved by ").append(people.approver);
    var unused =
        actions.take(
            Topics.RULES,
            Rule.class,
            audit ->
                new AuditedActions.Planned<>(
                    sent,
                    new AuditChain.Action(
                        people.author, action, subject, null, versions.toString())));
  }

  /**
   * Withdraws a rule, typology or list entry.
   *
   * @throws Refused if it does not stand
   */
  public void withdraw(String id) {
    Rule old = standing(events).get(id);
    if (old == null || !old.getActive()) {
      throw new Refused(id + " does not stand on [rules]");
    }
    Rule next =
        Rule.newBuilder(old)
            .setVersion(old.getVersion() + 1)
            .setActive(false)
            .setBy(people.author)
            .setApprovedBy(people.approver)
            .setAtMs(clock.millis())
            .build();
    act(List.of(new ControlEvents.Keyed<>(id, next)), "rules.withdraw", id);
  }

  private static boolean sameContent(Rule old, Rule next) {
    return old.equals(
        Rule.newBuilder(next)
            .setVersion(old.getVersion())
            .setBy(old.getBy())
            .setApprovedBy(old.getApprovedBy())
            .setAtMs(old.getAtMs())
            .build());
  }

  private Rule event(Definition definition, @Nullable Rule old) {
    Rule.Builder event =
        Rule.newBuilder()
            .setRuleId(definition.id())
            .setVersion(old == null ? definition.version() : old.getVersion() + 1)
            .setName(definition.id())
            .setExpression("")
            .setWeight(0)
            .setActive(true)
            .setBy(people.author)
            .setApprovedBy(people.approver)
            .setAtMs(clock.millis());
    if (definition instanceof RuleDefinition rule) {
      return rule(event, rule);
    }
    return definition instanceof TypologyDefinition typology
        ? typology(event, typology)
        : list(event, (ListDefinition) definition);
  }

  private static Rule rule(Rule.Builder event, RuleDefinition rule) {
    return during(event, rule.validity())
        .setKind(RuleKind.RULE)
        .setExpression(rule.when())
        .setOutcome(rule.outcome())
        .setWeight(rule.weight())
        .setTypology(rule.typology())
        .build();
  }

  private static Rule typology(Rule.Builder event, TypologyDefinition typology) {
    return during(event, typology.validity())
        .setKind(RuleKind.TYPOLOGY)
        .setOutcome(typology.outcome())
        .setThreshold(typology.threshold())
        .setLane(typology.lane())
        .build();
  }

  private static Rule list(Rule.Builder event, ListDefinition list) {
    return during(event, list.validity())
        .setKind(list.deny() ? RuleKind.DENY : RuleKind.ALLOW)
        .setExpression(list.when())
        .build();
  }

  private static Rule.Builder during(Rule.Builder event, Validity validity) {
    return event
        .setValidFromMs(validity.fromMs() == Long.MIN_VALUE ? null : validity.fromMs())
        .setValidUntilMs(validity.untilMs() == Long.MAX_VALUE ? null : validity.untilMs());
  }
}
