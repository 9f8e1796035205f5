package dev.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.Architectures;
import org.junit.jupiter.api.Test;

/**
 * The map of the house: dependencies run one way, and engines stay at the edge. A stage that
 * imported its sibling could no longer run, scale or be replaced alone; a kernel that imported an
 * engine could no longer be tested or measured without it.
 */
final class ModuleMapTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.tidegate");

  @Test
  void shouldDependOneWay() {
    Architectures.layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("schemas")
        .definedBy("dev.tidegate.schemas..")
        .layer("ingest")
        .definedBy("dev.tidegate.ingest..")
        .layer("features")
        .definedBy("dev.tidegate.features..")
        .layer("graphaml")
        .definedBy("dev.tidegate.graphaml..")
        .layer("scoring")
        .definedBy("dev.tidegate.scoring..")
        .layer("retrain")
        .definedBy("dev.tidegate.retrain..")
        .layer("console")
        .definedBy("dev.tidegate.console..")
        .layer("lab")
        .definedBy("dev.tidegate.lab..")
        .layer("app")
        .definedBy("dev.tidegate.app..")
        .whereLayer("app")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("console")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("lab")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("retrain")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("ingest")
        .mayOnlyBeAccessedByLayers("retrain", "app")
        .whereLayer("features")
        .mayOnlyBeAccessedByLayers("retrain", "app")
        .whereLayer("graphaml")
        .mayOnlyBeAccessedByLayers("retrain", "app")
        .whereLayer("scoring")
        .mayOnlyBeAccessedByLayers("retrain", "app")
        .because("stages meet only in schemas, so that each runs, scales and is replaced alone")
        .check(CLASSES);
  }

  @Test
  void shouldKeepFlinkAtTheEdge() {
    ArchRule rule =
        ArchRuleDefinition.noClasses()
            .that()
            .resideInAnyPackage("dev.tidegate.features..", "dev.tidegate.graphaml..")
            .and()
            .haveNameNotMatching(".*(Job|Pipeline|Operator|Source|Sink|Codec)(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.flink..")
            .because(
                "kernels are plain Java: tested with an oracle and measured without an engine");
    rule.check(CLASSES);
  }

  @Test
  void shouldKeepKafkaStreamsAtTheEdge() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideInAPackage("dev.tidegate..")
        .and()
        .haveNameNotMatching(".*(Topology|Processor|Monitor)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka.streams..")
        .because("the statistics behind a monitor are plain Java")
        .check(CLASSES);
  }

  @Test
  void shouldKeepModelEnginesInTheirPackages() {
    ArchRuleDefinition.noClasses()
        .that()
        .resideOutsideOfPackages("dev.tidegate.scoring.onnx..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.onnxruntime..")
        .because("backends are exchanged behind one Model")
        .check(CLASSES);
  }

  @Test
  void shouldKeepTheRegistryClientBehindOneClass() {
    ArchRuleDefinition.noClasses()
        .that()
        .haveSimpleNameNotContaining("ConfluentRegistry")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.flink.avro.registry..")
        .because("the relocated client must not leak: it cannot stand beside flink-avro")
        .check(CLASSES);
  }

  @Test
  void shouldUseNamesOfTheTrade() {
    assertThat(CLASSES)
        .extracting(type -> type.getSimpleName())
        .noneMatch(name -> name.matches(".+(Manager|Helpers?|Utils?|Common|Misc|Impl|Info)"));
  }

  @Test
  void shouldSeeEveryModule() {
    assertThat(CLASSES)
        .extracting(type -> type.getPackageName().split("\\.")[2])
        .contains(
            "schemas",
            "ingest",
            "features",
            "graphaml",
            "scoring",
            "retrain",
            "console",
            "lab",
            "app");
  }
}
