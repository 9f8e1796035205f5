package dev.tidegate.app.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.app.Home;
import dev.tidegate.app.Refused;
import dev.tidegate.retrain.drift.ScoreReference;
import dev.tidegate.retrain.stability.FeatureReference;
import dev.tidegate.retrain.stability.PaymentPart;
import dev.tidegate.retrain.stability.ReferenceFile;
import dev.tidegate.scoring.forest.ForestModel;
import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.release.LoadedRelease;
import dev.tidegate.scoring.release.Manifest;
import dev.tidegate.scoring.release.ReleaseStore;
import dev.tidegate.scoring.release.ScoringLane;
import dev.tidegate.scoring.release.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What serves the releases that ship: trees, though their files are ONNX. */
final class ShippedReleaseTest {
  /** Trees, and networks to try beside them: each is over the catalogue that ships. */
  @Test
  void shouldShipReleasesThatCanAllServe() throws IOException {
    try (Stream<Path> folders = Files.list(Home.path("config", "releases"))) {
      List<Path> all = folders.toList();
      assertThat(all)
          .extracting(folder -> folder.getFileName().toString())
          .containsExactlyInAnyOrder(
              "payments-sim-0004",
              "payments-sim-sequence-0001",
              "payments-sim-autoencoder-0001",
              Releases.SHIPPED_AML);
      for (Path folder : all) {
        if (folder.getFileName().toString().equals(Releases.SHIPPED_AML)) {
          continue;
        }
        assertThat(Releases.load(folder).release().manifest().release())
            .isEqualTo(folder.getFileName().toString());
      }
    }
  }

  /** What stability is measured against, of the rows that each learned from, and its scores. */
  @Test
  void shouldShipAReferenceOfFeaturesAndScoresWithEachRelease() throws IOException {
    try (Stream<Path> folders = Files.list(Home.path("config", "releases"))) {
      for (Path folder : folders.toList()) {
        Manifest manifest =
            ReleaseStore.manifest(folder, Files.readAllBytes(folder.resolve("manifest.json")));
        byte[] bytes = Files.readAllBytes(folder.resolve(ReferenceFile.NAME));
        assertThat(manifest.files())
            .as(manifest.release())
            .containsEntry(ReferenceFile.NAME, Sha256.hex(bytes));
        List<String> names =
            ReferenceFile.read(bytes).stream().map(FeatureReference::name).toList();
        assertThat(names)
            .contains("payment.channel", "payment.currency", "payment.payerCountry")
            .hasSizeGreaterThan(100);
        Set<String> known = new HashSet<>(manifest.featureNames());
        assertThat(known.add(ScoreReference.NAME)).isTrue();
        assertThat(names.stream().filter(name -> !name.startsWith(PaymentPart.PREFIX)))
            .contains(ScoreReference.NAME)
            .isSubsetOf(known);
        try (Stream<Path> files = Files.list(folder)) {
          assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThan(5_000_000);
        }
      }
    }
  }

  /**
   * Over the features of the payments' release and the signals of the graph's file, as {@code up}.
   */
  @Test
  void shouldShipAReleaseOfTheAmlLane() throws IOException {
    Path folder = Releases.amlFolder("shipped");
    LoadedRelease aml = Releases.loadAml(folder, Releases.load(null).catalogue(), Device.CPU);
    assertThat(aml.manifest().release()).isEqualTo(Releases.SHIPPED_AML);
    assertThat(aml.manifest().model())
        .isEqualTo(ModelName.of(Releases.SHIPPED_AML, ScoringLane.AML))
        .isNotEqualTo(Releases.load(null).release().manifest().model());
    assertThat(aml.manifest().featureNames()).endsWith("graph_unknown");
    assertThat(folder.resolve("README.md")).content().contains("## Figures", "## Limits");
    try (Model model = aml.openModel();
        Stream<Path> files = Files.list(folder)) {
      assertThat(model).isInstanceOf(ForestModel.class);
      assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThan(5_000_000);
    }
  }

  @Test
  void shouldRefuseALanesReleaseForAnother() {
    Path aml = Releases.amlFolder("shipped");
    Path payments = aml.resolveSibling(Releases.SHIPPED);
    assertThatThrownBy(() -> Releases.load(aml)).isInstanceOf(Refused.class);
    assertThatThrownBy(
            () -> Releases.loadAml(payments, Releases.load(null).catalogue(), Device.CPU))
        .isInstanceOf(Refused.class);
  }

  @Test
  void shouldBeServedByTheForest() {
    try (Model model = Releases.load(null).release().openModel()) {
      assertThat(model).isInstanceOf(ForestModel.class);
      assertThat(model.device().missing()).isNull();
    }
  }

  @Test
  void shouldGoToAGpuOrSayWhyNot() {
    try (Model model = Releases.load(null, Device.CUDA).release().openModel()) {
      assertThat(model.device().gpu()).isEqualTo(model.device().missing() == null);
      assertThat(model instanceof ForestModel).isEqualTo(!model.device().gpu());
    }
  }
}
