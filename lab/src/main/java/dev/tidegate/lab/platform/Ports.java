package dev.tidegate.lab.platform;

import dev.tidegate.schemas.time.WallClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Loopback ports: only this machine reaches an embedded part. Between a claim and the moment when
 * its part listens, seconds pass in which nobody holds the port. So a free one is not taken from
 * the range that the system gives to outgoing connections and to listeners on port 0 (from 32768 on
 * Linux), where any of them could take it meanwhile, nor from that of Kubernetes' node ports (from
 * 30000 on), and no process is given one twice. Thread safe.
 */
public final class Ports {
  /** The address that every embedded part binds to. */
  static final String LOOPBACK = "127.0.0.1";

  static final int LOWEST = 20_000;
  static final int HIGHEST = 30_000;

  private static final int DRAWS = 2_000;

  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  /** Processes that start together must not draw alike; which ports they draw is of no account. */
  private static final SplittableRandom RANDOM =
      new SplittableRandom(ProcessHandle.current().pid() * 0x9E3779B97F4A7C15L ^ WallClock.nanos());

  private Ports() {}

  /**
   * A free port that was not given before in this process.
   *
   * @param part what wants it, for the message
   * @throws StartupRefused if none was found
   */
  public static int free(String part) {
    for (int draw = 0; draw < DRAWS; draw++) {
      int port = draw();
      if (GIVEN.add(port) && isFree(port)) {
        return port;
      }
    }
    throw new StartupRefused(
        "no free port for the " + part + " between " + LOWEST + " and " + HIGHEST + "; free some");
  }

  /**
   * The wanted port if it is free, or some free port for 0. Another process can take it between
   * this call and its use; then the part's own start fails.
   *
   * @param part what wants it, for the message
   * @throws StartupRefused if the wanted port is in use
   */
  static int claim(String part, int wanted) {
    if (wanted == 0) {
      return free(part);
    }
    try {
      bind(wanted);
      GIVEN.add(wanted);
      return wanted;
    } catch (IOException e) {
      throw new StartupRefused(
          "port " + wanted + " for the " + part + " is in use; free it or choose another", e);
    }
  }

  private static int draw() {
    synchronized (RANDOM) {
      return RANDOM.nextInt(LOWEST, HIGHEST);
    }
  }

  private static boolean isFree(int port) {
    try {
      bind(port);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void bind(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
    }
  }
}
