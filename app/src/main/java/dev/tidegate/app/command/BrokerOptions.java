package dev.tidegate.app.command;

import picocli.CommandLine.Option;

/** Kafka and registry of a platform that is not 'up' on this machine: both or neither. */
class BrokerOptions {
  @Option(
      names = "--kafka",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Kafka of another platform.")
  private String kafka = "";

  @Option(
      names = "--registry",
      required = true,
      paramLabel = "URL",
      description = "Its schema registry.")
  private String registry = "";

  String kafka() {
    return kafka;
  }

  String registry() {
    return registry;
  }
}
