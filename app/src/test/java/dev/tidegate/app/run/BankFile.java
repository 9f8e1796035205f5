package dev.tidegate.app.run;

import dev.tidegate.lab.bank.BankSimulator;
import dev.tidegate.lab.bank.SimulatedTransaction;
import dev.tidegate.lab.bank.SimulatorCsv;
import dev.tidegate.lab.bank.SimulatorSettings;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The simulated bank's file of payments as lines, to be changed by tests. */
public final class BankFile {
  private BankFile() {}

  /** Header and rows of a bank's first days. */
  public static List<String> lines(long seed, int customers, int days) {
    return lines(SimulatorSettings.of(seed, customers), days);
  }

  /** Header and rows of a bank's first days. */
  public static List<String> lines(SimulatorSettings settings, int days) {
    List<String> lines = new ArrayList<>();
    lines.add(SimulatorCsv.HEADER);
    Iterator<SimulatedTransaction> payments = new BankSimulator(settings).transactions(days);
    payments.forEachRemaining(payment -> lines.add(SimulatorCsv.row(payment)));
    return lines;
  }
}
