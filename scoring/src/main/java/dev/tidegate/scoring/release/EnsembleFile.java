package dev.tidegate.scoring.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.scoring.ensemble.Blend;
import dev.tidegate.scoring.ensemble.Calibration;
import dev.tidegate.scoring.ensemble.EnsembleModel;
import dev.tidegate.scoring.ensemble.LeadingColumns;
import dev.tidegate.scoring.model.Device;
import dev.tidegate.scoring.model.Model;
import dev.tidegate.scoring.model.ModelException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Several models as one file: a zip of {@code ensemble.json}, which is this record, and the model
 * files it names. One file, so that one SHA-256 names all that decides.
 *
 * @param members the models, in the order of the blend's weights
 * @param blend how their scores become one
 * @param calibration from that to a probability
 */
public record EnsembleFile(List<Member> members, Blending blend, Calibrating calibration) {
  private static final String DESCRIPTION = "ensemble.json";
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  /**
   * A model of an ensemble.
   *
   * @param file its file in the zip; the ending says which backend serves it
   * @param width values it takes, from the front of a row
   */
  public record Member(String file, int width) {}

  /**
   * How scores become one.
   *
   * @param kind {@code mean} (of probabilities; the bias counts for nothing) or {@code stack}
   *     (logistic, on log odds)
   * @param weights one a member
   */
  public record Blending(String kind, double bias, List<Double> weights) {
    /**
     * As the ensemble runs it.
     *
     * @throws IllegalArgumentException if it is none
     */
    public Blend blend() {
      double[] array = array(weights);
      return switch (kind) {
        case "mean" -> new Blend.WeightedMean(array);
        case "stack" -> new Blend.LogisticStack(bias, array);
        default -> throw new IllegalArgumentException("blend '" + kind + "' is not mean or stack");
      };
    }
  }

  /**
   * From a blended score to a probability.
   *
   * @param kind {@code none}, {@code platt} (knots: slope; values: shift) or {@code isotonic}
   * @param knots rising scores of isotonic calibration
   * @param values probabilities at the knots
   */
  public record Calibrating(String kind, List<Double> knots, List<Double> values) {
    /** Leaves scores as they are. */
    public static final Calibrating NONE = new Calibrating("none", List.of(), List.of());

    /**
     * As the ensemble runs it.
     *
     * @throws IllegalArgumentException if it is none
     */
    public Calibration calibration() {
      return switch (kind) {
        case "none" -> Calibration.none();
        case "platt" -> {
          if (knots.size() != 1 || values.size() != 1) {
            throw new IllegalArgumentException("platt calibration has one slope and one shift");
          }
          yield new Calibration.Platt(knots.get(0), values.get(0));
        }
        case "isotonic" -> new Calibration.Isotonic(array(knots), array(values));
        default ->
            throw new IllegalArgumentException(
                "calibration '" + kind + "' is not none, platt or isotonic");
      };
    }
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * The file's bytes; the same ensemble gives the same.
   *
   * @param files bytes of each member's file by its name
   * @throws IllegalArgumentException if a member's file is missing, or blend or calibration wrong
   */
  public byte[] write(Map<String, byte[]> files) {
    if (blend.blend().members() != members.size()) {
      throw new IllegalArgumentException(
          members.size() + " models for a blend of " + blend.weights.size());
    }
    calibration.calibration();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      entry(zip, DESCRIPTION, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
      for (Member member : members) {
        byte[] file = files.get(member.file);
        if (file == null) {
          throw new IllegalArgumentException("no bytes of member " + member.file);
        }
        entry(zip, member.file, file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("an array takes all bytes", e);
    }
    return bytes.toByteArray();
  }

  private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(NO_TIME);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  /**
   * Reads an ensemble; each model that is taken from the answer is one more instance.
   *
   * @param width values in a row
   * @throws ModelException if it is none, or a member cannot be served
   */
  static Supplier<Model> read(byte[] zip, int width, Device device) {
    Map<String, byte[]> files = files(zip);
    byte[] json = files.get(DESCRIPTION);
    if (json == null) {
      throw new ModelException("the zip has no " + DESCRIPTION);
    }
    try {
      EnsembleFile file = JSON.readValue(json, EnsembleFile.class);
      Blend blend = file.blend.blend();
      Calibration calibration = file.calibration.calibration();
      List<Supplier<Model>> models = new ArrayList<>();
      for (Member member : file.members) {
        models.add(member(member, files, device));
      }
      List<String> names = file.members.stream().map(member -> plainName(member.file)).toList();
      return () -> open(models, names, width, blend, calibration);
    } catch (JsonProcessingException e) {
      throw new ModelException(DESCRIPTION + ": " + e.getOriginalMessage(), e);
    } catch (IOException | IllegalArgumentException e) {
      throw new ModelException(DESCRIPTION + ": " + e.getMessage(), e);
    }
  }

  private static Supplier<Model> member(Member member, Map<String, byte[]> files, Device device) {
    byte[] bytes = files.get(member.file);
    if (bytes == null) {
      throw new ModelException("the zip has no " + member.file);
    }
    ModelFormat format = ModelFormat.of(member.file);
    if (format == ModelFormat.ENSEMBLE) {
      throw new ModelException("an ensemble of ensembles: " + member.file);
    }
    return format.read(bytes, member.width, device);
  }

  /** A file's name to its first point: the name that rules call a member by. */
  private static String plainName(String file) {
    int point = file.indexOf('.');
    return point < 0 ? file : file.substring(0, point);
  }

  private static Model open(
      List<Supplier<Model>> models,
      List<String> names,
      int width,
      Blend blend,
      Calibration calibration) {
    List<Model> open = new ArrayList<>();
    try {
      for (Supplier<Model> model : models) {
        open.add(model.get());
      }
      List<Model> fitted = new ArrayList<>();
      for (Model model : open) {
        fitted.add(model.width() == width ? model : new LeadingColumns(model, width));
      }
      return new EnsembleModel(fitted, names, blend, calibration);
    } catch (RuntimeException e) {
      open.forEach(Model::close);
      throw e instanceof IllegalArgumentException
          ? new ModelException("the ensemble's models do not fit: " + e.getMessage(), e)
          : e;
    }
  }

  private static Map<String, byte[]> files(byte[] bytes) {
    Map<String, byte[]> files = new HashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new ModelException("the zip cannot be read: " + e.getMessage(), e);
    }
    return files;
  }
}
