package dev.tidegate.app.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.scoring.library.LibraryTests;
import dev.tidegate.scoring.library.LibraryTests.Result;
import dev.tidegate.scoring.rules.RuleLanguage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidegate rules test}. */
@Command(
    name = "test",
    description = {
      "Judge the labelled rows that stand beside each rule and typology.",
      "Exit code 0 if each is judged as it says, 1 with each that is not."
    },
    footer = {"", "Example:  tidegate rules test --rules my/rules --json"})
public final class RulesTestCommand implements Callable<Integer> {
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private RulesOptions rules = new RulesOptions();

  @Option(names = "--json", description = "Print each row on standard output as JSON.")
  private boolean json;

  /** For picocli. */
  public RulesTestCommand() {}

  @Override
  public Integer call() throws JsonProcessingException {
    RuleLanguage language = rules.language();
    List<Result> results = LibraryTests.run(rules.library(language), language);
    List<Result> failed = results.stream().filter(result -> !result.passed()).toList();
    if (json) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("rows", results.size());
      all.put("failed", failed.size());
      all.put("results", results);
      common
          .out()
          .println(new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all));
    } else {
      failed.forEach(
          result ->
              common
                  .out()
                  .println(
                      result.file()
                          + " line "
                          + result.line()
                          + ": "
                          + result.id()
                          + " "
                          + result.problem()));
      long tested = results.stream().map(Result::id).distinct().count();
      common
          .out()
          .println(
              results.size()
                  + " rows of "
                  + tested
                  + " rules and typologies, "
                  + (failed.isEmpty() ? "all judged as they say" : failed.size() + " not"));
    }
    return failed.isEmpty() ? 0 : 1;
  }
}
