package dev.tidegate.app.command;

import dev.tidegate.app.rules.RuleChanges;
import dev.tidegate.schemas.time.WallClock;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidegate rules send}. */
@Command(
    name = "send",
    description = {
      "Send rules to a running platform, which asks them from the next batch on: those that are",
      "new there, and those whose content differs, with the next version."
    },
    footer = {"", "Example:  tidegate rules send --rules my/rules --as alice --approved-by bob"})
public final class RulesSendCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Mixin private RulesOptions rules = new RulesOptions();

  @Mixin private PeopleOptions people = new PeopleOptions();

  @Mixin private PlatformOptions platform = new PlatformOptions();

  /** For picocli. */
  public RulesSendCommand() {}

  @Override
  public Integer call() {
    RuleChanges changes =
        new RuleChanges(platform.whereabouts(), WallClock.INSTANCE, people.people());
    RuleChanges.Sent sent = changes.send(rules.library(rules.language()));
    sent.added().forEach(id -> common.out().printf(Locale.ROOT, "new      %s%n", id));
    sent.changed().forEach(id -> common.out().printf(Locale.ROOT, "changed  %s%n", id));
    common
        .out()
        .printf(
            Locale.ROOT,
            "%d new, %d changed, %d as they stood%n",
            sent.added().size(),
            sent.changed().size(),
            sent.same());
    common.out().flush();
    return 0;
  }
}
