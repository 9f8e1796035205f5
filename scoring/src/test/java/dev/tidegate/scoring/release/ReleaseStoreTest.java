package dev.tidegate.scoring.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.tidegate.scoring.djl.TorchScriptFixture;
import dev.tidegate.scoring.djl.TorchScriptModel;
import dev.tidegate.scoring.forest.Boosters;
import dev.tidegate.scoring.forest.ForestModel;
import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.onnx.OnnxFixtures;
import dev.tidegate.scoring.onnx.OnnxModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReleaseStoreTest {
  private static final byte[] FOREST = OnnxFixtures.forest(4, 20, 3);

  @TempDir private Path parent;

  private final Manifest manifest = ReleaseFixtures.manifest(FOREST, 4, 0.6);

  @Test
  void shouldLoadWhatItWrote() throws IOException {
    Path folder = ReleaseStore.write(parent, manifest, FOREST);
    LoadedRelease release = ReleaseStore.load(folder, ReleaseFixtures.FEATURES);

    assertThat(folder).isEqualTo(parent.resolve("fixture-0001"));
    assertThat(release.manifest()).isEqualTo(manifest);
    assertThat(release.manifestSha256())
        .isEqualTo(Sha256.hex(Files.readAllBytes(folder.resolve("manifest.json"))));
    try (Model model = release.openModel()) {
      assertThat(model.score(manifest.golden().rows())).hasSize(2);
    }
  }

  @Test
  void shouldServeModelsOfXgboostAndLightgbmByTheForest() throws IOException {
    byte[] xgboost = Boosters.json(Boosters.xgboost(10, 3, Map.of()));
    byte[] lightgbm = Boosters.bytes(Boosters.lightgbm(10, "objective=binary"));
    for (ModelFormat format : List.of(ModelFormat.XGBOOST, ModelFormat.LIGHTGBM)) {
      byte[] bytes = format == ModelFormat.XGBOOST ? xgboost : lightgbm;
      String file = format == ModelFormat.XGBOOST ? "model.xgboost.json" : "model.lightgbm.txt";
      Manifest of =
          ReleaseFixtures.manifest(
              file, bytes, format.read(bytes, Boosters.WIDTH, Device.CPU), Boosters.WIDTH, 0.5);
      Path folder = ReleaseStore.writeTo(parent.resolve(format.name()), of, bytes);

      try (Model model = ReleaseStore.load(folder).openModel()) {
        assertThat(model).isInstanceOf(ForestModel.class);
      }
    }
  }

  @Test
  void shouldServeTreesByTheForestWhereAGpuIsMissingAndRefuseWhereItIsRequired()
      throws IOException {
    byte[] bytes = Boosters.json(Boosters.xgboost(10, 3, Map.of()));
    Supplier<Model> models = ModelFormat.XGBOOST.read(bytes, Boosters.WIDTH, Device.CUDA);
    Path folder =
        ReleaseStore.write(
            parent,
            ReleaseFixtures.manifest("model.xgboost.json", bytes, models, Boosters.WIDTH, 0.5),
            bytes);

    try (Model model = ReleaseStore.load(folder, null, Device.CUDA).openModel()) {
      assumeFalse(model.device().gpu(), "this machine has CUDA");
      assertThat(model).isInstanceOf(ForestModel.class);
      assertThat(model.device().missing()).isNotBlank();
    }
    assertThatThrownBy(() -> ReleaseStore.load(folder, null, Device.CUDA_REQUIRED))
        .isInstanceOf(ReleaseRefused.class)
        .hasMessageContaining("device cuda-required, but CUDA cannot be used");
  }

  @Test
  void shouldServeTorchScriptAndRefuseItForRowsOfAnotherWidth() throws IOException {
    byte[] bytes =
        new TorchScriptFixture()
            .tensor("w", new float[] {1, -1, 0.5f}, 1, 3)
            .write(
                "Tensor",
                "known = torch.nan_to_num(x, 0., None, None)",
                "return torch.sigmoid(torch.linear(known, self.w, None))");
    Supplier<Model> models = ModelFormat.TORCHSCRIPT.read(bytes, 3, Device.CPU);
    Manifest of = ReleaseFixtures.manifest("model.pt", bytes, models, 3, 0.5);
    Path folder = ReleaseStore.write(parent, of, bytes);

    try (Model model = ReleaseStore.load(folder).openModel()) {
      assertThat(model).isInstanceOf(TorchScriptModel.class);
    }
    Manifest wide =
        ReleaseFixtures.manifest("model.pt", bytes, () -> OnnxModel.open(FOREST), 4, 0.5);
    assertRefused(
        ReleaseStore.writeTo(parent.resolve("wide"), wide, bytes),
        "model.pt: PyTorch failed on rows of 4 features");
  }

  @Test
  void shouldRefuseAModelFileThatNoBackendReads() throws IOException {
    Manifest of =
        ReleaseFixtures.manifest("model.pkl", FOREST, () -> OnnxModel.open(FOREST), 4, 0.5);

    assertRefused(
        ReleaseStore.write(parent, of, FOREST), "model.pkl: no backend reads it; known endings");
  }

  @Test
  void shouldRefuseAnXgboostModelOfAnotherKind() throws IOException {
    byte[] linear = Boosters.json(Boosters.xgboost(2, 2, Map.of("booster", "gblinear")));
    Manifest of =
        ReleaseFixtures.manifest(
            "model.xgboost.json", linear, () -> OnnxModel.open(FOREST), 4, 0.5);

    assertRefused(
        ReleaseStore.write(parent, of, linear),
        "model.xgboost.json: this XGBoost model cannot be served: booster 'gblinear'");
  }

  @Test
  void shouldLeaveNothingButTheRelease() throws IOException {
    ReleaseStore.write(parent, manifest, FOREST);

    try (Stream<Path> entries = Files.walk(parent)) {
      assertThat(entries.map(p -> parent.relativize(p).toString()))
          .containsExactlyInAnyOrder(
              "", "fixture-0001", "fixture-0001/manifest.json", "fixture-0001/model.onnx");
    }
  }

  @Test
  void shouldAcceptTheSameReleaseAgainButNoOtherUnderItsName() throws IOException {
    Path folder = ReleaseStore.write(parent, manifest, FOREST);

    assertThat(ReleaseStore.write(parent, manifest, FOREST)).isEqualTo(folder);
    assertThatThrownBy(
            () -> ReleaseStore.write(parent, ReleaseFixtures.manifest(FOREST, 4, 0.7), FOREST))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("releases never change");
  }

  @Test
  void shouldNotWriteAModelWithAnotherSum() {
    assertThatThrownBy(() -> ReleaseStore.write(parent, manifest, OnnxFixtures.forest(4, 20, 4)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void shouldRefuseAFolderWithoutAManifest() {
    assertRefused(parent, "it has no manifest.json");
  }

  @Test
  void shouldRefuseAManifestThatIsNoJson() throws IOException {
    assertRefused(written(json -> json.substring(5)), "manifest.json:");
  }

  @Test
  void shouldRefuseAMissingModel() throws IOException {
    Path folder = ReleaseStore.write(parent, manifest, FOREST);
    Files.delete(folder.resolve("model.onnx"));

    assertRefused(folder, "it has no model.onnx");
  }

  @Test
  void shouldRefuseAModelWithOneBitChanged() throws IOException {
    Path folder = ReleaseStore.write(parent, manifest, FOREST);
    byte[] damaged = FOREST.clone();
    damaged[damaged.length / 2] ^= 1;
    Files.write(folder.resolve("model.onnx"), damaged);

    assertRefused(folder, "model.onnx has SHA-256");
  }

  @Test
  void shouldRefuseAnotherFeatureSet() throws IOException {
    Path folder = ReleaseStore.write(parent, manifest, FOREST);

    assertThatThrownBy(() -> ReleaseStore.load(folder, "a".repeat(64)))
        .isInstanceOf(ReleaseRefused.class)
        .hasMessageContaining("it takes feature set fff");
  }

  @Test
  void shouldRefuseAModelOfAnotherWidth() throws IOException {
    byte[] wide = OnnxFixtures.forest(5, 20, 3);
    Path folder = written(json -> json.replace(Sha256.hex(FOREST), Sha256.hex(wide)));
    Files.write(folder.resolve("model.onnx"), wide);

    assertRefused(folder, "the model takes 5 features, the manifest names 4");
  }

  @Test
  void shouldRefuseBytesThatAreNoModel() throws IOException {
    byte[] nonsense = {1, 2, 3};
    Path folder = written(json -> json.replace(Sha256.hex(FOREST), Sha256.hex(nonsense)));
    Files.write(folder.resolve("model.onnx"), nonsense);

    assertRefused(folder, "model.onnx: ONNX Runtime cannot open the model");
  }

  @Test
  void shouldRefuseAGoldenScoreThatTheModelDoesNotGive() throws IOException {
    double due = manifest.golden().scores().get(1);
    Path folder = written(json -> json.replace(Double.toString(due), Double.toString(due + 2e-6)));

    assertRefused(folder, "golden vector 1 scores");
  }

  @Test
  void shouldRefuseAModelThatAnswersWithNoNumber() throws IOException {
    byte[] echo = OnnxFixtures.echo();
    Manifest good = ReleaseFixtures.manifest(echo, 1, 0.6);
    Path folder = ReleaseStore.write(parent, good, echo);
    Path file = folder.resolve("manifest.json");
    Files.writeString(file, Files.readString(file).replace("[ 0.1 ]", "[ \"NaN\" ]"));

    assertRefused(folder, "golden vector 0 scores NaN");
  }

  private Path written(UnaryOperator<String> damage) throws IOException {
    Path folder = ReleaseStore.write(parent, manifest, FOREST);
    Path file = folder.resolve("manifest.json");
    Files.writeString(file, damage.apply(Files.readString(file)));
    return folder;
  }

  private static void assertRefused(Path folder, String reason) {
    assertThatThrownBy(() -> ReleaseStore.load(folder))
        .isInstanceOf(ReleaseRefused.class)
        .hasMessageStartingWith("release " + folder + " refused: ")
        .hasMessageContaining(reason)
        .matches(e -> e.getMessage().lines().count() == 1);
  }
}
