package dev.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.tidegate.app.planted.Breaches;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The map of the house: dependencies run one way, and engines stay at the edge. A stage that
 * imported its sibling could no longer run, scale or be replaced alone; a kernel that imported an
 * engine could no longer be tested or measured without it. Each rule is also shown a class that
 * breaks it, so that none holds because it looks at nothing.
 */
final class ModuleMapTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.tidegate");

  /** Each rule with what the message says of the planted class that breaks it. */
  static Stream<Arguments> rules() {
    return Map.of(
            ModuleMap.STAGES_MEET_IN_SCHEMAS, "stages meet only in schemas",
            ModuleMap.NOBODY_NEEDS_BENCHMARKS, "what ships must not need the measuring",
            ModuleMap.FLINK_AT_THE_EDGE, "kernels are plain Java",
            ModuleMap.STREAMS_AT_THE_EDGE, "statistics behind a monitor are plain Java",
            ModuleMap.ENGINES_BEHIND_MODEL, "behind one Model",
            ModuleMap.REGISTRY_CLIENT_IN_ONE_CLASS, "relocated client must not leak",
            ModuleMap.NAMES_OF_THE_TRADE, "such a name says nothing")
        .entrySet()
        .stream()
        .map(rule -> Arguments.of(rule.getKey(), rule.getValue()));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldHold(ArchRule rule) {
    rule.check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void shouldRefuseAClassThatBreaksIt(ArchRule rule, String protects) {
    JavaClasses breaches = new ClassFileImporter().importClasses(Breaches.CLASSES);

    assertThatThrownBy(() -> rule.check(breaches))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(protects)
        .hasMessageContaining("planted");
  }

  @Test
  void shouldSeeEveryModule() {
    assertThat(CLASSES)
        .extracting(type -> type.getPackageName().split("\\.")[2])
        .containsAll(ModuleMap.MODULES);
  }
}
