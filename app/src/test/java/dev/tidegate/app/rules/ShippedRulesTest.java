package dev.tidegate.app.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.scoring.library.LibraryRule;
import dev.tidegate.scoring.library.LibraryTests;
import dev.tidegate.scoring.library.LibraryTypology;
import dev.tidegate.scoring.library.RuleLibrary;
import dev.tidegate.scoring.rules.RuleLanguage;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The library that ships, over the features that ship. */
final class ShippedRulesTest {
  private final RuleLanguage language = RuleFiles.language((java.nio.file.Path) null);
  private final RuleLibrary library = RuleFiles.library(null, language);

  @Test
  void shouldJudgeEachLabelledRowAsItSays() {
    List<String> wrong =
        LibraryTests.run(library, language).stream()
            .filter(result -> !result.passed())
            .map(Objects::toString)
            .toList();

    assertThat(wrong).isEmpty();
  }

  @Test
  void shouldHoldFortyRulesAndTwelveTypologiesWithWhatTheyCatchAndTheirSources() {
    assertThat(library.typologies())
        .extracting(typology -> typology.definition().id())
        .containsExactlyInAnyOrder(
            "card-testing",
            "account-takeover",
            "mule",
            "structuring",
            "pass-through",
            "dormant-account",
            "invoice-redirection",
            "app-scam",
            "refund-abuse",
            "merchant-bust-out",
            "round-tripping",
            "high-risk-corridor");
    List<LibraryRule> rules =
        library.typologies().stream().map(LibraryTypology::rules).flatMap(List::stream).toList();
    assertThat(rules).hasSizeGreaterThanOrEqualTo(40);
    assertThat(rules).allSatisfy(rule -> assertThat(rule.catches()).endsWith("."));
    assertThat(library.typologies())
        .allSatisfy(
            typology -> assertThat(typology.words().sources()).hasSizeGreaterThanOrEqualTo(2));
  }

  @Test
  void shouldHaveNoRuleThatCanDoNothing() {
    for (LibraryTypology typology : library.typologies()) {
      double most = typology.rules().stream().mapToDouble(rule -> rule.definition().weight()).sum();
      assertThat(most)
          .as(typology.file())
          .isGreaterThanOrEqualTo(typology.definition().threshold());
      assertThat(typology.rules())
          .allSatisfy(rule -> assertThat(rule.definition().weight()).isPositive());
    }
  }
}
