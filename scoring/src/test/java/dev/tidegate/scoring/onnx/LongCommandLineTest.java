package dev.tidegate.scoring.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A process whose command line is long, as with a class path of many jars, opens models too. */
final class LongCommandLineTest {
  private static final int CHARACTERS = 100_000;

  @Test
  void shouldOpenAModelUnderALongCommandLine() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            Opening.class.getName(),
            "x".repeat(CHARACTERS));
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.inheritIO().start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  /** The process. */
  static final class Opening {
    private Opening() {}

    public static void main(String[] arguments) {
      try (OnnxModel model = OnnxModel.open(OnnxFixtures.echo())) {
        if (model.score(new float[] {0.5f})[0] != 0.5f) {
          throw new IllegalStateException("the model scored otherwise");
        }
      }
    }
  }
}
