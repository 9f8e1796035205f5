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
