package dev.tidegate.app.command;

import dev.tidegate.app.topics.ControlEvents;
import dev.tidegate.schemas.Topics;
import dev.tidegate.schemas.audit.AuditChain;
import dev.tidegate.schemas.event.AuditEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidegate audit}: who did what. */
@Command(
    name = "audit",
    description = "Who did what to a running platform, in a chain of hashes.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  tidegate audit list",
      "  tidegate audit verify      exit code 1 if anything was changed, left out or put in"
    })
public final class AuditCommand implements Runnable {
  @Mixin
  @SuppressWarnings("UnusedVariable") // brings --help
  private CommonOptions common = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  /** For picocli. */
  public AuditCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command? list or verify");
  }

  @Command(name = "list", description = "Show every control action.")
  int list(@Mixin PlatformOptions platform, @Mixin CommonOptions options) {
    for (AuditEvent event : events(platform)) {
      options
          .out()
          .printf(
              Locale.ROOT,
              "%6d  %s  %-16s %s  by %s%s%n",
              event.getSequence(),
              Instant.ofEpochMilli(event.getAtMs()).truncatedTo(ChronoUnit.SECONDS),
              event.getAction(),
              event.getSubject(),
              event.getActor(),
              event.getTo() == null ? "" : "  -> " + event.getTo());
    }
    options.out().flush();
    return 0;
  }

  @Command(
      name = "verify",
      description = {
        "Check that the chain of control actions is whole; exit code 1 with each break if not.",
        "Prints the newest hash: kept elsewhere, it also shows when a whole chain was replaced."
      })
  int verify(@Mixin PlatformOptions platform, @Mixin CommonOptions options) {
    AuditChain chain = new AuditChain();
    List<String> problems = new ArrayList<>();
    for (AuditEvent event : events(platform)) {
      String problem = chain.take(event);
      if (problem != null) {
        problems.add(problem);
      }
    }
    problems.forEach(problem -> options.out().println(problem));
    options
        .out()
        .println(
            problems.isEmpty()
                ? chain.sequence() + " control actions, chain whole, newest hash " + chain.hash()
                : "the audit is not whole");
    options.out().flush();
    return problems.isEmpty() ? 0 : 1;
  }

  private static List<AuditEvent> events(PlatformOptions platform) {
    ControlEvents control = platform.whereabouts().events();
    return control.all(Topics.AUDIT, AuditEvent.class);
  }
}
