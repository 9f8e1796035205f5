package dev.tidegate.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.schemas.codec.InMemoryRegistry;
import dev.tidegate.schemas.time.WallClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  @Test
  void shouldSayInOneLineThatAPortIsInUse() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();

      assertThatThrownBy(() -> Console.requireFreePort("127.0.0.1", port))
          .isInstanceOf(CannotListenException.class)
          .hasMessage(
              "the console cannot listen on 127.0.0.1 port " + port + ": the port is in use");
    }
  }

  @Test
  void shouldAcceptAFreePort() {
    assertThatCode(() -> Console.requireFreePort("127.0.0.1", 0)).doesNotThrowAnyException();
  }

  @Test
  void shouldRefuseAnAddressOfAnotherMachine() {
    assertThatThrownBy(() -> Console.requireFreePort("192.0.2.1", 0))
        .isInstanceOf(CannotListenException.class)
        .hasMessageContaining("192.0.2.1");
  }

  @Test
  void shouldCheckThePortBeforeItLooksForTheDatabase() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> Console.start(settings(taken.getLocalPort())))
          .isInstanceOf(CannotListenException.class);
    }
  }

  @Test
  void shouldRefuseWhatIsNoPortAndShowNoPassword() {
    assertThatThrownBy(() -> settings(70_000)).hasMessageContaining("70000");
    assertThat(settings(1).toString()).contains("127.0.0.1:1").doesNotContain("secret");
  }

  private static ConsoleSettings settings(int port) {
    return new ConsoleSettings(
        "127.0.0.1",
        port,
        "jdbc:postgresql://127.0.0.1:1/none",
        "user",
        "secret",
        "127.0.0.1:1",
        new InMemoryRegistry(),
        WallClock.INSTANCE);
  }
}
