package dev.tidegate.app.sizing;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidegate.app.Home;
import dev.tidegate.app.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Costs of the stages, as {@code tidegate bench sizing --write} measured them; they stand in {@code
 * config/sizing.json}.
 *
 * @param conditions of the run: machine, load, seconds, seed
 * @param rates payments a second, those that the lines were laid through
 * @param checkRate payments a second of the run that the lines did not see
 * @param stages line of each stage, by its word
 * @param checkError of each stage at the check's rate: the line's cores over the measured ones,
 *     less 1
 * @param bytesAPayment in a broker's log, one copy, by topic
 * @param memory what payments take on heaps, by {@code tidegate bench memory --write}; null where
 *     it was not measured
 */
public record Costs(
    String conditions,
    List<Double> rates,
    double checkRate,
    Map<String, StageCost> stages,
    Map<String, Double> checkError,
    Map<String, Double> bytesAPayment,
    @Nullable MemoryCosts memory) {
  private static final String FILE = "sizing.json";

  /** Takes copies, in the order of names. */
  public Costs {
    rates = List.copyOf(rates);
    stages = new TreeMap<>(stages);
    checkError = new TreeMap<>(checkError);
    bytesAPayment = new TreeMap<>(bytesAPayment);
  }

  /** Without what payments take on heaps. */
  public Costs(
      String conditions,
      List<Double> rates,
      double checkRate,
      Map<String, StageCost> stages,
      Map<String, Double> checkError,
      Map<String, Double> bytesAPayment) {
    this(conditions, rates, checkRate, stages, checkError, bytesAPayment, null);
  }

  /** The same with other costs on heaps, as another measurement has them. */
  public Costs with(@Nullable MemoryCosts heaps) {
    return new Costs(conditions, rates, checkRate, stages, checkError, bytesAPayment, heaps);
  }

  /** The file of this installation. */
  public static Path file() {
    return Home.path("config", FILE);
  }

  /**
   * Those of this installation.
   *
   * @throws Refused if the file is missing or says something else
   */
  public static Costs read() {
    try {
      return new JsonMapper().readValue(file().toFile(), Costs.class);
    } catch (IOException e) {
      throw new Refused(
          "cannot read "
              + file()
              + ", which 'tidegate bench sizing --write' makes: "
              + e.getMessage());
    }
  }

  /** Writes them to a file, so that the next {@link #read} has them. */
  public void write(Path to) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("conditions", conditions);
    all.put("rates", rates);
    all.put("checkRate", checkRate);
    all.put("stages", stages);
    all.put("checkError", checkError);
    all.put("bytesAPayment", bytesAPayment);
    if (memory != null) {
      all.put("memory", memory);
    }
    Files.writeString(
        to, new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
  }

  /** The highest rate that was measured. */
  public double highestRate() {
    return rates.stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }

  /**
   * Cost of a stage.
   *
   * @throws Refused if it was not measured
   */
  public StageCost of(String stage) {
    StageCost cost = stages.get(stage);
    if (cost == null) {
      throw new Refused(file() + " has no stage " + stage);
    }
    return cost;
  }
}
