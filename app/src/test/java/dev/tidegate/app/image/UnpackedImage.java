package dev.tidegate.app.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An image on this machine's disk, whose processes run with their root there, as the image's user,
 * with its variables and its entry point. Needs root, for {@code chroot}.
 *
 * @param root its root file system
 * @param config what the image says of itself
 */
record UnpackedImage(Path root, JsonNode config) {
  private static final String CHROOT = "/usr/sbin/chroot";

  /** The image in a folder: {@code root}, and {@code image/config.json}. */
  static UnpackedImage in(Path folder) throws IOException {
    Path config = folder.resolve("image").resolve("config.json");
    return new UnpackedImage(
        folder.resolve("root"), new JsonMapper().readTree(config.toFile()).path("config"));
  }

  /** Starts a container's process: the entry point with arguments; what it says goes to a file. */
  Process start(Path log, Map<String, String> variables, List<String> arguments)
      throws IOException {
    String user = config.path("User").asText();
    List<String> line = new ArrayList<>(List.of(CHROOT, "--userspec=" + user));
    line.add("--groups=" + user.substring(user.indexOf(':') + 1));
    line.add(root.toString());
    config.path("Entrypoint").forEach(word -> line.add(word.asText()));
    line.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().clear();
    for (JsonNode pair : config.path("Env")) {
      String[] parts = pair.asText().split("=", 2);
      builder.environment().put(parts[0], parts[1]);
    }
    builder.environment().putAll(variables);
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }
}
