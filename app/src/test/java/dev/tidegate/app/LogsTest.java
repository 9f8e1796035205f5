package dev.tidegate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LogsTest {
  @AfterEach
  void forgetLog() {
    System.clearProperty(Logs.FILE_PROPERTY);
  }

  private static Path current() {
    return Path.of(System.getProperty(Logs.FILE_PROPERTY));
  }

  @Test
  void shouldGiveEachRunALogThatGoesWithSuccess() throws Exception {
    Path first = Logs.ofOneRun("train", LogsTest::existing);
    Path second = Logs.ofOneRun("train", LogsTest::existing);

    assertThat(first).isNotEqualTo(second).doesNotExist();
    assertThat(second).doesNotExist();
  }

  private static Path existing() {
    assertThat(current()).exists();
    return current();
  }

  @Test
  void shouldKeepTheLogOfAFailureAlone() throws IOException {
    AtomicReference<Path> kept = new AtomicReference<>();

    assertThatThrownBy(() -> Logs.ofOneRun("train", () -> fail(kept, new IOException("broken"))))
        .hasMessage("broken");
    assertThat(kept.get()).exists();
    Files.delete(kept.get());

    assertThatThrownBy(() -> Logs.ofOneRun("train", () -> fail(kept, new Refused("mend it"))))
        .hasMessage("mend it");
    assertThat(kept.get()).doesNotExist();
  }

  private static Void fail(AtomicReference<Path> log, Exception failure) throws Exception {
    log.set(existing());
    throw failure;
  }
}
