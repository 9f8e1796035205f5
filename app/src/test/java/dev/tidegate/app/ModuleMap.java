package dev.tidegate.app;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;
import java.util.Set;

/** The rules of the map; each says what it protects in words that a broken build shows. */
final class ModuleMap {
  /** Stages and the parts around them, by folder; the package of graph-aml is graphaml. */
  static final List<String> MODULES =
      List.of(
          "schemas",
          "ingest",
          "features",
          "graphaml",
          "scoring",
          "retrain",
          "console",
          "lab",
          "app");

  /** Classes without one of the edge's names that are Flink's side of something all the same. */
  private static final Set<String> FLINK_ADAPTERS =
      Set.of(
          "dev.tidegate.schemas.codec.ConfluentRegistry",
          "dev.tidegate.schemas.flink.EventSerializer",
          "dev.tidegate.schemas.flink.EventSerializerSnapshot",
          "dev.tidegate.schemas.flink.EventTypeInformation",
          "dev.tidegate.schemas.flink.JobArguments",
          "dev.tidegate.schemas.flink.JobConfiguration",
          "dev.tidegate.schemas.flink.EventStream",
          "dev.tidegate.schemas.flink.LabelStream",
          "dev.tidegate.schemas.flink.TransactionStream",
          "dev.tidegate.schemas.flink.TransactionTime",
          "dev.tidegate.features.HeapHistories",
          "dev.tidegate.features.PaymentType",
          "dev.tidegate.features.StoredHistories",
          "dev.tidegate.graphaml.KeyedEvidence",
          "dev.tidegate.graphaml.KeyedLog",
          "dev.tidegate.graphaml.TaggedCounters",
          "dev.tidegate.lab.platform.EmbeddedFlink",
          "dev.tidegate.app.stage.Jobs");

  static final ArchRule STAGES_MEET_IN_SCHEMAS =
      layers()
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
          .because("stages meet only in schemas, so that each runs, scales and is replaced alone");

  static final ArchRule NOBODY_NEEDS_BENCHMARKS =
      ArchRuleDefinition.noClasses()
          .that()
          .resideOutsideOfPackage("dev.tidegate.benchmarks..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.tidegate.benchmarks..")
          .because("benchmarks measure the platform; what ships must not need the measuring");

  static final ArchRule FLINK_AT_THE_EDGE =
      ArchRuleDefinition.noClasses()
          .that(
              areNot(
                  "the edge (*Job *Pipeline *Operator *Source *Sink *Codec) or a named adapter",
                  ".*(Job|Pipeline|Operator|Source|Sink|Codec)",
                  FLINK_ADAPTERS))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.flink..")
          .because("kernels are plain Java: tested with an oracle and measured without an engine");

  static final ArchRule STREAMS_AT_THE_EDGE =
      ArchRuleDefinition.noClasses()
          .that(areNot("the edge (*Topology *Processor)", ".*(Topology|Processor)", Set.of()))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka.streams..")
          .because("the statistics behind a monitor are plain Java, checked without a broker");

  static final ArchRule ENGINES_BEHIND_MODEL =
      ArchRuleDefinition.noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.tidegate.scoring.onnx..",
              "dev.tidegate.scoring.djl..",
              // Trains by PyTorch; what it makes is served as ONNX.
              "dev.tidegate.retrain.neural..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.onnxruntime..", "ai.djl..")
          .because("backends are exchanged behind one Model; nothing else may know which it is");

  static final ArchRule REGISTRY_CLIENT_IN_ONE_CLASS =
      ArchRuleDefinition.noClasses()
          .that()
          .haveSimpleNameNotContaining("ConfluentRegistry")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.flink.avro.registry..")
          .because("the relocated client must not leak: it cannot stand beside flink-avro");

  /** The word must be the last of the name: DataDirectory and Database say what they are. */
  static final ArchRule NAMES_OF_THE_TRADE =
      ArchRuleDefinition.noClasses()
          .should()
          .haveNameMatching(
              "(.*[.$a-z0-9])?(Manager|Helpers?|Utils?|Common|Misc|Impl|Base|Data|Info)")
          .because("such a name says nothing; name the thing, or split it by what it does");

  private ModuleMap() {}

  private static LayeredArchitecture layers() {
    LayeredArchitecture layers =
        Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (String module : MODULES) {
      layers = layers.layer(module).definedBy("dev.tidegate." + module + "..");
    }
    return layers;
  }

  /** Nested classes count as the class around them. */
  private static DescribedPredicate<JavaClass> areNot(
      String what, String edge, Set<String> adapters) {
    return DescribedPredicate.describe(
        "are not " + what,
        type -> {
          String outermost = type.getName().replaceFirst("\\$.*", "");
          return !outermost.matches(edge) && !adapters.contains(outermost);
        });
  }
}
