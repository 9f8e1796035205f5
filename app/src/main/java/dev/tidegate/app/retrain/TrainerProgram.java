package dev.tidegate.app.retrain;

import dev.tidegate.app.Tidegate;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** This program again, as a command line for a child process that trains. */
final class TrainerProgram {
  private static final Path NICE = Path.of("/usr/bin/nice");

  private TrainerProgram() {}

  /**
   * The program in its own container image, as the image's entry point starts it (app/pom.xml), but
   * for the exit on a full heap: its code, 3, is a trainer's word for a refusal.
   */
  static List<String> inImage() {
    List<String> line = new ArrayList<>(List.of("java", "-XX:MaxRAMPercentage=70"));
    for (String name :
        List.of(
            "lang", "util", "time", "nio", "net", "util.concurrent", "util.concurrent.atomic")) {
      line.add("--add-opens=java.base/java." + name + "=ALL-UNNAMED");
    }
    line.addAll(List.of("-Dtidegate.home=/opt/tidegate", "-jar", "/opt/tidegate/tidegate.jar"));
    return line;
  }

  /**
   * The program, at low priority where the system can.
   *
   * @param heapMib its heap, in mebibytes
   */
  static List<String> line(int heapMib) {
    List<String> line = new ArrayList<>();
    if (Files.isExecutable(NICE)) {
      line.addAll(List.of(NICE.toString(), "-n", "10"));
    }
    // Not on java's command line: ONNX Runtime 1.29 crashes where that is longer than 4 KiB.
    line.addAll(List.of("env", "CLASSPATH=" + System.getProperty("java.class.path")));
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-Xmx" + heapMib + "m");
    line.add("-XX:+UseSerialGC");
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(line::add);
    line.add("-Dtidegate.home=" + System.getProperty("tidegate.home", "."));
    line.add("-Dlogback.configurationFile=logback.xml");
    line.add(Tidegate.class.getName());
    return line;
  }
}
