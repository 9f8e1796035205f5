package dev.tidegate.scoring.release;

import dev.tidegate.scoring.forest.Forest;
import dev.tidegate.scoring.forest.ForestModel;
import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.model.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Release folders on disk: {@code <name>/manifest.json} and the model file beside it. The model
 * file's ending says which backend serves it: {@code .onnx} ONNX Runtime, {@code .xgboost.json} and
 * {@code .lightgbm.txt} the forest, {@code .pt} (TorchScript) PyTorch, {@code .ensemble.zip}
 * several of these ({@link EnsembleFile}).
 */
public final class ReleaseStore {
  /** Name of the manifest in a release folder. */
  public static final String MANIFEST = "manifest.json";

  /** Largest distance of a golden vector's score from the manifest's. */
  public static final double GOLDEN_TOLERANCE = 1e-6;

  private static final double EXPLAINED_TOLERANCE = 1e-5;

  private ReleaseStore() {}

  /**
   * Loads a release and proves that it scores as it did when it was made.
   *
   * @throws ReleaseRefused if anything is missing, damaged or otherwise than the manifest says
   */
  public static LoadedRelease load(Path folder) {
    return load(folder, null);
  }

  /**
   * Loads a release that must take a given feature set.
   *
   * @param expectedFeatureDigest digest of the feature set that will feed it; null for any
   * @throws ReleaseRefused if anything is missing, damaged or otherwise than the manifest says, or
   *     if it takes another feature set
   */
  public static LoadedRelease load(Path folder, @Nullable String expectedFeatureDigest) {
    return load(folder, expectedFeatureDigest, Device.CPU);
  }

  /**
   * Loads a release that must take a given feature set, for a given device. {@link Model#device}
   * says of each model whether it got it.
   *
   * @param expectedFeatureDigest digest of the feature set that will feed it; null for any
   * @throws ReleaseRefused as {@link #load(Path, String)}, and if a GPU is required and missing
   */
  public static LoadedRelease load(
      Path folder, @Nullable String expectedFeatureDigest, Device device) {
    byte[] json = read(folder, MANIFEST);
    Manifest manifest = manifest(folder, json);
    if (expectedFeatureDigest != null && !expectedFeatureDigest.equals(manifest.featureDigest())) {
      throw new ReleaseRefused(
          folder,
          "it takes feature set "
              + manifest.featureDigest()
              + ", but the features in use are "
              + expectedFeatureDigest);
    }
    byte[] bytes = read(folder, manifest.modelFile());
    String sum = Sha256.hex(bytes);
    if (!sum.equals(manifest.modelSha256())) {
      throw new ReleaseRefused(
          folder, manifest.modelFile() + " has SHA-256 " + sum + ", not " + manifest.modelSha256());
    }
    proveFiles(folder, manifest);
    Supplier<Model> models = proved(folder, manifest, bytes, device);
    Forest trees = explaining(manifest, ModelFormat.of(manifest.modelFile()).trees(bytes));
    return new LoadedRelease(manifest, Sha256.hex(json), trees, models);
  }

  /**
   * Opens a model file that is not a release yet, on the CPU.
   *
   * @param file its name; the ending says which backend serves it
   * @param width values in a row, for formats that do not say it themselves
   * @throws ModelException if no backend serves it
   */
  public static Model open(String file, byte[] bytes, int width) {
    return ModelFormat.of(file).read(bytes, width, Device.CPU).get();
  }

  /** The trees, if the golden scores come from them. */
  private static @Nullable Forest explaining(Manifest manifest, @Nullable Forest trees) {
    if (trees == null || trees.features() != manifest.featureNames().size()) {
      return null;
    }
    try (Model model = ForestModel.of(trees).open()) {
      float[] scores = model.score(manifest.golden().rows());
      for (int i = 0; i < scores.length; i++) {
        if (!(Math.abs(scores[i] - manifest.golden().scores().get(i)) <= EXPLAINED_TOLERANCE)) {
          return null;
        }
      }
      return trees;
    }
  }

  private static void proveFiles(Path folder, Manifest manifest) {
    manifest
        .files()
        .forEach(
            (name, sum) -> {
              String found = Sha256.hex(read(folder, name));
              if (!found.equals(sum)) {
                throw new ReleaseRefused(folder, name + " has SHA-256 " + found + ", not " + sum);
              }
            });
  }

  private static Supplier<Model> proved(
      Path folder, Manifest manifest, byte[] bytes, Device device) {
    try {
      Supplier<Model> models =
          ModelFormat.of(manifest.modelFile()).read(bytes, manifest.layout().width(), device);
      try (Model model = models.get()) {
        prove(folder, manifest, model);
      }
      return models;
    } catch (ModelException e) {
      throw new ReleaseRefused(folder, manifest.modelFile() + ": " + e.getMessage(), e);
    }
  }

  /**
   * What a manifest's bytes say.
   *
   * @param folder whose manifest it is, for messages
   * @throws ReleaseRefused if they are none
   */
  public static Manifest manifest(Path folder, byte[] json) {
    try {
      return ManifestJson.read(json);
    } catch (IllegalArgumentException e) {
      throw new ReleaseRefused(folder, MANIFEST + ": " + e.getMessage(), e);
    }
  }

  private static byte[] read(Path folder, String file) {
    try {
      return Files.readAllBytes(folder.resolve(file));
    } catch (NoSuchFileException e) {
      throw new ReleaseRefused(folder, "it has no " + file, e);
    } catch (IOException e) {
      throw new ReleaseRefused(folder, file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static void prove(Path folder, Manifest manifest, Model model) {
    int width = manifest.layout().width();
    if (model.width() != width) {
      throw new ReleaseRefused(
          folder, "the model takes " + model.width() + " features, the manifest names " + width);
    }
    float[] rows = manifest.golden().rows();
    float[] together = model.score(rows);
    for (int i = 0; i < together.length; i++) {
      double due = manifest.golden().scores().get(i);
      // Written so that a NaN from the model is refused.
      if (!(Math.abs(together[i] - due) <= GOLDEN_TOLERANCE)) {
        throw new ReleaseRefused(
            folder, "golden vector " + i + " scores " + together[i] + ", the manifest says " + due);
      }
      float alone =
          model.score(Arrays.copyOfRange(rows, i * model.width(), (i + 1) * model.width()))[0];
      if (!alike(alone, together[i], model.device().gpu())) {
        throw new ReleaseRefused(
            folder,
            "golden vector "
                + i
                + " scores "
                + alone
                + " alone and "
                + together[i]
                + " in a batch");
      }
    }
  }

  /** A GPU adds in an order that depends on the batch, so there only the distance is bounded. */
  private static boolean alike(float alone, float together, boolean gpu) {
    return gpu
        ? Math.abs(alone - together) <= GOLDEN_TOLERANCE
        : Float.floatToIntBits(alone) == Float.floatToIntBits(together);
  }

  /**
   * Writes a release so that it is there whole or not at all: a temporary folder beside it, flushed
   * to disk, then renamed. A release never changes: the same one written again is left as it is.
   *
   * @param parent folder of releases; made if it is missing
   * @param model the model file's bytes
   * @return the release's folder
   * @throws IllegalArgumentException if the manifest's sum is not that of the bytes
   * @throws IOException if the disk refuses, or a different release stands under that name
   */
  public static Path write(Path parent, Manifest manifest, byte[] model) throws IOException {
    return writeTo(parent.resolve(manifest.release()), manifest, model);
  }

  /**
   * Writes a release as {@link #write} does, into a folder of any name.
   *
   * @param folder absent, empty, or holding the same release already
   * @return the folder
   * @throws IllegalArgumentException if the manifest's sum is not that of the bytes
   * @throws IOException if the disk refuses, or something else stands in the folder
   */
  public static Path writeTo(Path folder, Manifest manifest, byte[] model) throws IOException {
    return writeTo(folder, manifest, model, Map.of());
  }

  /**
   * Writes a release with files beside its model, such as its card and its own features: all of
   * them are there or none. The manifest gets their sums, which {@link #load} verifies.
   *
   * @param folder as above
   * @param beside further files by their plain names
   * @return the folder
   * @throws IllegalArgumentException if the manifest's sum is not that of the bytes
   * @throws IOException if the disk refuses, or something else stands in the folder
   */
  public static Path writeTo(
      Path folder, Manifest manifest, byte[] model, Map<String, byte[]> beside) throws IOException {
    if (!manifest.modelSha256().equals(Sha256.hex(model))) {
      throw new IllegalArgumentException(
          "manifest of " + manifest.release() + " has the SHA-256 of another model file");
    }
    Map<String, byte[]> files = new LinkedHashMap<>(beside);
    Map<String, String> sums = new TreeMap<>(manifest.files());
    beside.forEach((name, bytes) -> sums.put(name, Sha256.hex(bytes)));
    files.put(manifest.modelFile(), model);
    files.put(MANIFEST, ManifestJson.write(manifest.with(sums)));
    Path parent =
        Objects.requireNonNull(
            folder.toAbsolutePath().getParent(), "the root is no release folder");
    if (Files.exists(folder) && !empty(folder)) {
      return standing(folder, files);
    }
    Files.createDirectories(parent);
    removeLeftOver(parent, manifest.release());
    // Not a temporary folder of the JDK's: that one only its owner may read.
    Path making = Files.createDirectory(making(parent, manifest.release()));
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        flushed(making.resolve(file.getKey()), file.getValue());
      }
      return Files.move(making, folder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      remove(making);
    }
  }

  private static Path making(Path parent, String release) {
    return parent.resolve("." + release + "-" + ProcessHandle.current().pid());
  }

  /** What a process left that ended while it wrote this release; ids of processes come again. */
  private static void removeLeftOver(Path parent, String release) throws IOException {
    remove(making(parent, release));
    Pattern name = Pattern.compile("\\." + Pattern.quote(release) + "-(\\d{1,18})");
    try (Stream<Path> all = Files.list(parent)) {
      for (Path path : all.toList()) {
        Matcher found = name.matcher(path.getFileName().toString());
        if (found.matches()
            && ProcessHandle.of(Long.parseLong(found.group(1)))
                .filter(ProcessHandle::isAlive)
                .isEmpty()) {
          remove(path);
        }
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> inside = Files.list(folder)) {
      for (Path file : inside.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }

  private static boolean empty(Path folder) throws IOException {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.findAny().isEmpty();
    }
  }

  private static Path standing(Path folder, Map<String, byte[]> files) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      if (!Files.exists(path) || !Arrays.equals(file.getValue(), Files.readAllBytes(path))) {
        throw new IOException("something else stands in " + folder + "; releases never change");
      }
    }
    return folder;
  }

  private static void flushed(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
  }
}
