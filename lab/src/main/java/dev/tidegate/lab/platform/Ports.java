package dev.tidegate.lab.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Loopback ports: only this machine reaches an embedded part. */
final class Ports {
  /** The address that every embedded part binds to. */
  static final String LOOPBACK = "127.0.0.1";

  private Ports() {}

  /**
   * The wanted port if it is free, or some free port for 0. Another process can take it between
   * this call and its use; then the part's own start fails.
   *
   * @param part what wants it, for the message
   * @throws StartupRefused if the wanted port is in use
   */
  static int claim(String part, int wanted) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), wanted));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new StartupRefused(
          "port " + wanted + " for the " + part + " is in use; free it or choose another", e);
    }
  }
}
