package dev.tidegate.ingest.profile;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Finds and reads profiles. */
public final class Profiles {
  private static final String SUFFIX = ".yaml";

  private final Path folder;

  private Profiles(Path folder) {
    this.folder = folder;
  }

  /** Profiles of an installation: those in {@code config/profiles} under its home folder. */
  public static Profiles under(Path home) {
    return new Profiles(home.resolve("config").resolve("profiles"));
  }

  /** Names of the profiles that are shipped, sorted. */
  public List<String> names() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new ProfileException("cannot list the profiles in " + folder + ": " + e.getMessage());
    }
  }

  /**
   * The profile with a name, or the one in a file.
   *
   * @param nameOrFile {@code card_handbook}, or a path
   * @throws ProfileException if there is none, or it is wrong
   */
  public Profile find(String nameOrFile) {
    boolean plainName = !nameOrFile.contains("/") && !nameOrFile.contains("\\");
    if (plainName) {
      Path shipped = folder.resolve(nameOrFile + SUFFIX);
      if (Files.isRegularFile(shipped)) {
        return read(shipped);
      }
    }
    Path file = Path.of(nameOrFile);
    if (Files.isRegularFile(file)) {
      return read(file);
    }
    throw new ProfileException(
        "no profile '"
            + nameOrFile
            + "'"
            + NearestName.hint(nameOrFile, names())
            + (names().isEmpty()
                ? "; there is no profile in " + folder
                : "; there are " + String.join(", ", names()) + ", or give a file"));
  }

  /**
   * The profile in a file.
   *
   * @throws ProfileException if the file cannot be read or the profile is wrong
   */
  public static Profile read(Path file) {
    String fileName = file.getFileName().toString();
    String name = fileName.replaceFirst("\\.ya?ml$", "");
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return read(reader, name, file.toString());
    } catch (NoSuchFileException e) {
      throw new ProfileException("no such profile file: " + file);
    } catch (MalformedInputException e) {
      throw new ProfileException(file + ": the profile is not UTF-8 text");
    } catch (IOException e) {
      throw new ProfileException("cannot read the profile " + file + ": " + e.getMessage());
    }
  }

  /** The profile in a text, with the name it has if it does not say one. */
  public static Profile parse(String yaml, String name) {
    return read(new StringReader(yaml), name, name + SUFFIX);
  }

  private static Profile read(Reader reader, String name, String file) {
    Node root;
    try {
      LoaderOptions options = new LoaderOptions();
      options.setMaxAliasesForCollections(50);
      root = new Yaml(options).compose(reader);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new ProfileException(file + ", line " + line + ": not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      throw new ProfileException(file + ": not YAML: " + e.getMessage());
    }
    if (root == null) {
      throw new ProfileException(file + ": the profile is empty");
    }
    return new ProfileReader(new YamlSection(file, "", root)).read(name);
  }
}
