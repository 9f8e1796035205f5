package dev.tidegate.benchmarks.drift;

import dev.tidegate.ingest.csv.InputFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A stream of rows with a class, whose concept changes at known points.
 *
 * @param name the file's, without ending
 * @param gradual whether changes take a while
 * @param rows attributes, the class last
 * @param nominal which attributes are codes and not sizes
 */
record LabelledStream(String name, boolean gradual, List<double[]> rows, List<Boolean> nominal) {
  private static final int MOST_CODES = 10;
  private static final List<Integer> ABRUPT_POINTS = List.of(10_000, 20_000, 30_000);
  private static final List<Integer> GRADUAL_POINTS = List.of(9_500, 20_000, 30_500);

  /** Where the concept begins to change, rows from 0. */
  List<Integer> points() {
    return gradual ? GRADUAL_POINTS : ABRUPT_POINTS;
  }

  /** Reads a CSV file with a header; packed files too. */
  static LabelledStream read(Path file) throws IOException {
    List<double[]> rows = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(InputFile.of(file).open(), StandardCharsets.UTF_8))) {
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        rows.add(Arrays.stream(line.split(",", -1)).mapToDouble(Double::parseDouble).toArray());
      }
    }
    String name = String.valueOf(file.getFileName()).replaceAll("\\.csv.*", "");
    return new LabelledStream(name, name.contains("gradual"), rows, nominal(rows));
  }

  private static List<Boolean> nominal(List<double[]> rows) {
    List<Boolean> nominal = new ArrayList<>();
    for (int a = 0; a < rows.get(0).length - 1; a++) {
      Set<Double> codes = new HashSet<>();
      for (int row = 0; row < rows.size() && codes.size() <= MOST_CODES; row++) {
        codes.add(rows.get(row)[a]);
      }
      nominal.add(codes.size() <= MOST_CODES && codes.stream().allMatch(LabelledStream::code));
    }
    return nominal;
  }

  private static boolean code(double value) {
    return value == Math.rint(value) && value >= 0 && value < MOST_CODES;
  }
}
