package dev.tidegate.scoring.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tidegate.scoring.ensemble.EnsembleModel;
import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.model.ModelException;
import dev.tidegate.scoring.onnx.OnnxFixtures;
import dev.tidegate.scoring.onnx.OnnxModel;
import dev.tidegate.scoring.release.EnsembleFile.Blending;
import dev.tidegate.scoring.release.EnsembleFile.Calibrating;
import dev.tidegate.scoring.release.EnsembleFile.Member;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnsembleFileTest {
  private static final byte[] NARROW = OnnxFixtures.forest(3, 10, 1);
  private static final byte[] WIDE = OnnxFixtures.forest(5, 10, 2);
  private static final List<Member> MEMBERS =
      List.of(new Member("a.onnx", 3), new Member("b.onnx", 5));
  private static final Map<String, byte[]> FILES = Map.of("a.onnx", NARROW, "b.onnx", WIDE);
  private static final Blending MEAN = new Blending("mean", 0, List.of(1.0, 3.0));
  private static final float[] ROW = {0.5f, -1, 2, 0.25f, 1};

  @TempDir private Path parent;

  @Test
  void shouldServeFromAReleaseAsItsMembersBlended() throws IOException {
    byte[] bytes = new EnsembleFile(MEMBERS, MEAN, Calibrating.NONE).write(FILES);
    Manifest manifest =
        ReleaseFixtures.manifest(
            "model.ensemble.zip", bytes, EnsembleFile.read(bytes, 5, Device.CPU), 5, 0.5);
    Path folder = ReleaseStore.write(parent, manifest, bytes);
    try (Model model = ReleaseStore.load(folder).openModel();
        Model narrow = OnnxModel.open(NARROW);
        Model wide = OnnxModel.open(WIDE)) {
      assertThat(model).isInstanceOf(EnsembleModel.class);
      float due = (narrow.score(new float[] {0.5f, -1, 2})[0] + 3 * wide.score(ROW)[0]) / 4;
      assertThat(model.score(ROW)[0]).isCloseTo(due, within(1e-6f));
      assertThat(model.members()).containsExactly("a", "b");
      assertThat(model.memberScore(0, 0)).isEqualTo(narrow.score(new float[] {0.5f, -1, 2})[0]);
      assertThat(model.memberScore(1, 0)).isEqualTo(wide.score(ROW)[0]);
    }
  }

  @Test
  void shouldKeepStackAndCalibration() {
    Blending stack = new Blending("stack", -0.5, List.of(0.75, 0.0));
    for (Calibrating calibrating :
        List.of(
            new Calibrating("platt", List.of(2.0), List.of(-1.0)),
            new Calibrating("isotonic", List.of(0.1, 0.9), List.of(0.2, 0.3)))) {
      byte[] bytes = new EnsembleFile(MEMBERS, stack, calibrating).write(FILES);
      try (Model model = EnsembleFile.read(bytes, 5, Device.CPU).get();
          Model narrow = OnnxModel.open(NARROW)) {
        double score = narrow.score(new float[] {0.5f, -1, 2})[0];
        double stacked = 1 / (1 + Math.exp(0.5 - 0.75 * Math.log(score / (1 - score))));
        assertThat((double) model.score(ROW)[0])
            .isCloseTo(calibrating.calibration().of(stacked), within(1e-6));
      }
      assertThat(new EnsembleFile(MEMBERS, stack, calibrating).write(FILES)).isEqualTo(bytes);
    }
  }

  @Test
  void shouldRefuseWhatIsNoEnsembleWithTheReason() {
    assertRefused("nonsense".getBytes(StandardCharsets.UTF_8), "the zip has no ensemble.json");
    byte[] good = new EnsembleFile(MEMBERS, MEAN, Calibrating.NONE).write(FILES);
    byte[] cut = Arrays.copyOf(good, good.length / 2);
    assertThatThrownBy(() -> EnsembleFile.read(cut, 5, Device.CPU).get())
        .isInstanceOf(ModelException.class);
    assertThatThrownBy(() -> EnsembleFile.read(good, 4, Device.CPU).get())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("the ensemble's models do not fit");
  }

  @Test
  void shouldNotWriteABlendOfAnotherNumberOrAMissingFile() {
    EnsembleFile three =
        new EnsembleFile(
            MEMBERS, new Blending("mean", 0, List.of(1.0, 1.0, 1.0)), Calibrating.NONE);
    assertThatThrownBy(() -> three.write(FILES)).isInstanceOf(IllegalArgumentException.class);
    EnsembleFile two = new EnsembleFile(MEMBERS, MEAN, Calibrating.NONE);
    assertThatThrownBy(() -> two.write(Map.of("a.onnx", NARROW)))
        .hasMessageContaining("no bytes of member b.onnx");
  }

  private static void assertRefused(byte[] bytes, String reason) {
    assertThatThrownBy(() -> EnsembleFile.read(bytes, 5, Device.CPU))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(reason);
  }
}
