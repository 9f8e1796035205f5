package dev.tidegate.app.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidegate.app.Refused;
import dev.tidegate.app.Tidegate;
import dev.tidegate.app.alone.StageName;
import dev.tidegate.app.command.RunCommand;
import dev.tidegate.app.config.Configuration;
import dev.tidegate.app.config.Settings;
import dev.tidegate.features.archive.HistoryJob;
import dev.tidegate.schemas.flink.JobArguments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Commands, job arguments, settings and variables of pods against what the code reads. */
final class Commands implements Check {
  /** The job's own key beside those of every job. */
  private static final Set<String> OWN_KEYS =
      Set.of("catalogue", "graph", "vectors", "directory", "rollMs");

  private static final Pattern INSTALLED = Pattern.compile("/opt/tidegate/(config/[\\w./-]*\\w)");

  private static final Set<String> VARIABLES =
      Set.of(
          "TIDEGATE_KAFKA_PROPERTIES",
          "TIDEGATE_REGISTRY_PROPERTIES",
          "TIDEGATE_DATABASE_PASSWORD");

  @Override
  public List<String> findings(List<Manifest> manifests) {
    List<String> findings = new ArrayList<>();
    for (Manifest manifest : manifests) {
      for (JsonNode container : manifest.containers()) {
        if (container.path("image").asText().matches("(.*/)?tidegate(-gpu)?(:.*)?")) {
          command(manifest, words(container.path("args")), findings);
        }
        container
            .path("env")
            .forEach(one -> variable(manifest, one.path("name").asText(), findings));
      }
      if (manifest.kind().equals("FlinkDeployment")) {
        job(manifest, findings);
      }
      if (manifest.kind().equals("Pipeline")) {
        pipeline(manifest, findings);
      }
      settings(manifest, findings);
      Manifest.texts(manifest.body(), text -> installed(manifest, text, findings));
    }
    return findings;
  }

  /** What pods look for in the image stands in the installation that it is made of. */
  private static void installed(Manifest manifest, String text, List<String> findings) {
    Matcher files = INSTALLED.matcher(text);
    while (files.find()) {
      Path file = Path.of(System.getProperty("tidegate.home"), files.group(1));
      if (!Files.exists(file)) {
        findings.add(manifest.label() + ": the installation has no " + files.group(1));
      }
    }
  }

  private static String[] words(JsonNode list) {
    List<String> words = new ArrayList<>();
    list.forEach(word -> words.add(word.asText()));
    return words.toArray(String[]::new);
  }

  private static void command(Manifest manifest, String[] args, List<String> findings) {
    try {
      new CommandLine(new Tidegate()).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(args);
      if (args.length > 1 && args[0].equals("run")) {
        StageName.of(args[1]);
      }
    } catch (CommandLine.ParameterException | Refused e) {
      findings.add(manifest.label() + ": " + String.join(" ", args) + ": " + e.getMessage());
    }
  }

  /**
   * What a Tekton pipeline has the image do; its parameters stand in the words as they are, but for
   * the day, which must be one.
   */
  private static void pipeline(Manifest manifest, List<String> findings) {
    for (JsonNode task : manifest.spec().path("tasks")) {
      for (JsonNode parameter : task.path("params")) {
        if (task.path("taskRef").path("name").asText().equals("tidegate-command")
            && parameter.path("name").asText().equals("args")) {
          String[] words = words(parameter.path("value"));
          Arrays.setAll(words, i -> words[i].replace("$(params.cut)", "2026-01-31"));
          command(manifest, words, findings);
        }
      }
    }
  }

  private static void variable(Manifest manifest, String name, List<String> findings) {
    if (!name.startsWith("TIDEGATE_") || VARIABLES.contains(name)) {
      return;
    }
    Set<String> known =
        Configuration.load(null).values().keySet().stream()
            .filter(RunCommand::isOfTheMachine)
            .map(key -> "TIDEGATE_" + key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"))
            .collect(Collectors.toSet());
    if (!known.contains(name)) {
      findings.add(manifest.label() + ": nothing reads the variable " + name);
    }
  }

  private static void job(Manifest manifest, List<String> findings) {
    JsonNode job = manifest.spec().path("job");
    String[] args = words(job.path("args"));
    try {
      Class.forName(job.path("entryClass").asText()).getMethod("main", String[].class);
      String[] common =
          Stream.of(args)
              .filter(arg -> OWN_KEYS.stream().noneMatch(key -> arg.startsWith(key + "=")))
              .toArray(String[]::new);
      JobArguments.of(manifest.name(), common);
      ownKeys(manifest, job.path("entryClass").asText(), args, findings);
    } catch (ReflectiveOperationException e) {
      findings.add(manifest.label() + ": no job " + job.path("entryClass").asText());
    } catch (IllegalArgumentException e) {
      findings.add(manifest.label() + ": " + e.getMessage());
    }
  }

  private static void ownKeys(
      Manifest manifest, String entry, String[] args, List<String> findings) {
    boolean history = entry.equals(HistoryJob.class.getName());
    boolean directory = Stream.of(args).anyMatch(arg -> arg.startsWith("directory="));
    boolean catalogue = Stream.of(args).anyMatch(arg -> arg.startsWith("catalogue="));
    if (history != directory) {
      findings.add(manifest.label() + ": directory is the history job's key, and it needs it");
    }
    boolean graph = Stream.of(args).anyMatch(arg -> arg.startsWith("graph="));
    if (graph && !entry.endsWith(".GraphJob")) {
      findings.add(manifest.label() + ": graph is the graph job's key");
    }
    if (catalogue && !entry.endsWith(".FeaturesJob")) {
      findings.add(manifest.label() + ": catalogue is the features job's key");
    }
  }

  private static void settings(Manifest manifest, List<String> findings) {
    if (!manifest.kind().equals("ConfigMap")) {
      return;
    }
    JsonNode data = manifest.body().path("data");
    data.fieldNames().forEachRemaining(name -> variable(manifest, name, findings));
    if (data.has("tidegate.yaml")) {
      findings.addAll(settingsFile(manifest.label(), data.path("tidegate.yaml").asText()));
    }
  }

  /** What is wrong in a settings file, by the code that reads it. */
  static List<String> settingsFile(String source, String text) {
    try {
      Path file = Files.createTempFile("tidegate-settings", ".yaml");
      try {
        Files.writeString(file, text);
        Settings.load(file);
        return List.of();
      } catch (Refused e) {
        return List.of(source + ": " + e.getMessage());
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
