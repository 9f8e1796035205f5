package dev.tidegate.lab.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PortsTest {
  @Test
  void shouldGiveEachFreePortOnceAndBelowThoseOfOutgoingConnections() throws IOException {
    List<Integer> given =
        IntStream.range(0, 300).parallel().mapToObj(i -> Ports.claim("part", 0)).toList();

    assertThat(given)
        .doesNotHaveDuplicates()
        .allMatch(port -> port >= Ports.LOWEST && port < Ports.HIGHEST);
    try (ServerSocket socket = listenOn(given.get(0))) {
      assertThat(socket.isBound()).isTrue();
    }
  }

  @Test
  void shouldGiveAWantedPortAgainToWhoeverStartsAgainOnIt() {
    int port = Ports.free("part");

    assertThat(Ports.claim("part", port)).isEqualTo(port);
    assertThat(Ports.claim("part", port)).isEqualTo(port);
  }

  @Test
  void shouldRefuseAWantedPortThatIsInUse() throws IOException {
    int port = Ports.free("part");
    try (ServerSocket taken = listenOn(port)) {
      assertThatThrownBy(() -> Ports.claim("database", taken.getLocalPort()))
          .isInstanceOf(StartupRefused.class)
          .hasMessage("port %d for the database is in use; free it or choose another", port);
    }
  }

  private static ServerSocket listenOn(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }
}
