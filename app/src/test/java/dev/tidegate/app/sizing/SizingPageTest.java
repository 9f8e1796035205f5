package dev.tidegate.app.sizing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The tables of {@code docs/operating/sizing.md} are those of {@code config/sizing.json}. Written
 * anew by {@code mvn -pl app test -Dtest=SizingPageTest -Dtidegate.docs.write=true}.
 */
final class SizingPageTest {
  private static final String BEGIN = "<!-- made of config/sizing.json by SizingPageTest -->\n";
  private static final String END = "<!-- to here -->\n";
  private static final Path PAGE =
      Path.of(System.getProperty("tidegate.home"), "docs", "operating", "sizing.md");
  private static final double TERABYTE = 1e12;
  private static final double[] RATES = {1_000, 10_000, 100_000};

  @Test
  void shouldShowTheCostsThatSizesAreReckonedWith() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    String made = made(Costs.read());
    if (Boolean.getBoolean("tidegate.docs.write")) {
      Files.writeString(PAGE, page.substring(0, begin) + made + page.substring(end));
    }
    assertThat(PAGE).content().contains(BEGIN + made + END);
  }

  private static String made(Costs costs) {
    StringBuilder text = new StringBuilder();
    text.append("Of ").append(costs.conditions()).append(". Lines through ");
    text.append(costs.rates().stream().map(SizingPageTest::whole).toList().toString());
    text.append(" payments/s; the error is the line's at ").append(whole(costs.checkRate()));
    text.append("/s, which it did not see.\n\n");
    text.append("| stage | cores without payments | us of processor a payment | error |");
    text.append(" cores at 1,000/s | at 10,000/s | at 100,000/s |\n");
    text.append("| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    costs
        .stages()
        .forEach(
            (stage, cost) -> {
              text.append(
                  String.format(
                      Locale.ROOT,
                      "| %s | %.2f | %,.0f | %+.0f %% |",
                      stage,
                      cost.fixedCores(),
                      cost.microsAPayment(),
                      100 * costs.checkError().get(stage)));
              for (double rate : RATES) {
                Sizing sizing = Sizing.of(new Sizing.Load(rate, 0, 0), costs);
                text.append(" ").append(sizing.cores().get(stage)).append(" |");
              }
              text.append("\n");
            });
    return text.append(disks(costs)).append(heaps(costs)).toString();
  }

  private static String disks(Costs costs) {
    if (costs.bytesAPayment().isEmpty()) {
      return "\nWhat topics take on disk was not measured in that run; the next one does.\n";
    }
    StringBuilder text = new StringBuilder("\nBytes a payment in a broker's log, one copy:");
    costs
        .bytesAPayment()
        .forEach(
            (topic, bytes) ->
                text.append(String.format(Locale.ROOT, " [%s] %,.0f,", topic, bytes)));
    text.setLength(text.length() - 1);
    text.append(". Three copies, as long as they are kept, at such a rate day and night:");
    for (double rate : RATES) {
      Long bytes = Sizing.of(new Sizing.Load(rate, 0, 0), costs).brokerDiskBytes();
      text.append(
          String.format(
              Locale.ROOT,
              " %,.1f TB at %s/s,",
              Objects.requireNonNull(bytes) / TERABYTE,
              whole(rate)));
    }
    text.setLength(text.length() - 1);
    return text.append(".\n").toString();
  }

  private static String heaps(Costs costs) {
    MemoryCosts memory = costs.memory();
    if (memory == null) {
      return "\nWhat payments take on heaps was not measured.\n";
    }
    StringBuilder text = new StringBuilder("\nBytes on heaps, of ");
    text.append(memory.conditions());
    text.append(
        String.format(
            Locale.ROOT,
            ": %.1f a payment in the graph's window, %.1f an account in the graph, %.1f a payment"
                + " that waits in the monitors of outcomes, %.1f in a trial.\n\n",
            memory.graphPayment(),
            memory.graphAccount(),
            memory.waitingPayment(),
            memory.trialPayment()));
    text.append("| memory of a process, GiB; 10 M cards |");
    text.append(" 1,000/s | 10,000/s | 100,000/s |\n| --- | ---: | ---: | ---: |\n");
    for (String stage : Sizing.of(new Sizing.Load(1, 0, 0), costs).memoryBytes().keySet()) {
      text.append("| ").append(stage).append(" |");
      for (double rate : RATES) {
        Sizing sizing = Sizing.of(new Sizing.Load(rate, 10_000_000, 0), costs);
        double bytes = Objects.requireNonNull(sizing.memoryBytes().get(stage));
        text.append(String.format(Locale.ROOT, " %,.1f |", bytes / (1L << 30)));
      }
      text.append("\n");
    }
    return text.toString();
  }

  private static String whole(double rate) {
    return String.format(Locale.ROOT, "%,.0f", rate);
  }
}
