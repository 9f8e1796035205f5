package dev.tidegate.benchmarks;

import dev.tidegate.schemas.time.WallClock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where figures were taken. */
final class Machine {
  private Machine() {}

  /** Processor, memory, versions, and how busy the machine was before. */
  static Map<String, Object> describe() {
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("at", WallClock.INSTANCE.instant().toString());
    machine.put("processor", processor());
    machine.put("processors", Runtime.getRuntime().availableProcessors());
    machine.put("loadBefore", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    machine.put("heapMiB", Runtime.getRuntime().maxMemory() >> 20);
    machine.put("java", Runtime.version().toString());
    machine.put("flink", org.apache.flink.runtime.util.EnvironmentInformation.getVersion());
    machine.put("kafka", org.apache.kafka.common.utils.AppInfoParser.getVersion());
    machine.put("arguments", ManagementFactory.getRuntimeMXBean().getInputArguments());
    return machine;
  }

  private static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
