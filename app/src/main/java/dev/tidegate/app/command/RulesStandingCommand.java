package dev.tidegate.app.command;

import dev.tidegate.app.rules.RuleChanges;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidegate rules standing}. */
@Command(
    name = "standing",
    description = "List the rules that stand on a running platform, with version and author.")
public final class RulesStandingCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Mixin private PlatformOptions platform = new PlatformOptions();

  /** For picocli. */
  public RulesStandingCommand() {}

  @Override
  public Integer call() {
    RuleChanges.standing(platform.whereabouts().events()).values().stream()
        .filter(rule -> rule.getActive())
        .forEach(
            rule ->
                common
                    .out()
                    .printf(
                        Locale.ROOT,
                        "%-44s %-8s version %d  by %s, approved by %s%n",
                        rule.getRuleId(),
                        rule.getKind().toString().toLowerCase(Locale.ROOT),
                        rule.getVersion(),
                        rule.getBy(),
                        rule.getApprovedBy()));
    common.out().flush();
    return 0;
  }
}
