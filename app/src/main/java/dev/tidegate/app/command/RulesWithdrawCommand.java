package dev.tidegate.app.command;

import dev.tidegate.app.rules.RuleChanges;
import dev.tidegate.schemas.time.WallClock;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tidegate rules withdraw}. */
@Command(
    name = "withdraw",
    description = "Withdraw a rule, typology or list entry from a running platform.",
    footer = {
      "",
      "Example:  tidegate rules withdraw card-testing.burst --as alice --approved-by bob"
    })
public final class RulesWithdrawCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "ID", description = "Its id.")
  private String id = "";

  @Mixin private PeopleOptions people = new PeopleOptions();

  @Mixin private PlatformOptions platform = new PlatformOptions();

  /** For picocli. */
  public RulesWithdrawCommand() {}

  @Override
  public Integer call() {
    new RuleChanges(platform.whereabouts(), WallClock.INSTANCE, people.people()).withdraw(id);
    common.out().printf(Locale.ROOT, "withdrawn %s%n", id);
    common.out().flush();
    return 0;
  }
}
