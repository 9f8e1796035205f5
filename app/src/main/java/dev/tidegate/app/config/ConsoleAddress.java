package dev.tidegate.app.config;

import dev.tidegate.app.Refused;

/**
 * Where the page is served.
 *
 * @param host address to listen on
 * @param port port; 0 for any free one
 */
public record ConsoleAddress(String host, int port) {
  static ConsoleAddress of(Configuration configuration) {
    String host = configuration.text("console.host");
    if (host.isBlank()) {
      throw new Refused("setting console.host must be an address, for example 127.0.0.1");
    }
    return new ConsoleAddress(host, configuration.integer("console.port", 0, 65_535));
  }
}
