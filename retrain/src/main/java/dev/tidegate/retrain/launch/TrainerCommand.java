package dev.tidegate.retrain.launch;

import java.util.ArrayList;
import java.util.List;

/**
 * The program that trains, told what to train on: {@code PROGRAM retrain run --request FILE --out
 * RELEASES --bootstrap KAFKA --registry URL}. Its exit code and last line are its verdict, see
 * {@link JobReport}.
 *
 * @param program the program and its own options
 * @param releases folder or address that takes the release
 * @param bootstrap brokers, as the job reaches them
 * @param registry schema registry, as the job reaches it
 * @param more further options of the command
 */
public record TrainerCommand(
    List<String> program, String releases, String bootstrap, String registry, List<String> more) {
  /** Copies. */
  public TrainerCommand {
    program = List.copyOf(program);
    more = List.copyOf(more);
    if (program.isEmpty()) {
      throw new IllegalArgumentException("a trainer needs a program");
    }
  }

  /** The command line for a request in a file. */
  List<String> line(String requestFile) {
    List<String> line = new ArrayList<>(program);
    line.addAll(List.of("retrain", "run", "--request", requestFile, "--out", releases));
    line.addAll(List.of("--bootstrap", bootstrap, "--registry", registry));
    line.addAll(more);
    return line;
  }
}
