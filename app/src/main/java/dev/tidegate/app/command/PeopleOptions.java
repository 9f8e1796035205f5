package dev.tidegate.app.command;

import dev.tidegate.app.rules.RuleChanges;
import picocli.CommandLine.Option;

/** Who changes rules: two people. */
public final class PeopleOptions {
  @Option(
      names = "--as",
      required = true,
      paramLabel = "NAME",
      description = "Who saves them; stands on the events.")
  private String author = "";

  @Option(
      names = "--approved-by",
      required = true,
      paramLabel = "NAME",
      description = "Somebody else, who approved them.")
  private String approver = "";

  /** For picocli. */
  public PeopleOptions() {}

  RuleChanges.People people() {
    return new RuleChanges.People(author.strip(), approver.strip());
  }
}
