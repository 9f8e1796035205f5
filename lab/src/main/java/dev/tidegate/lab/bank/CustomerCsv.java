package dev.tidegate.lab.bank;

import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/** Writes who banks here: {@code customers.csv}. Nothing in it tells who takes part in a case. */
final class CustomerCsv {
  private static final String HEADER =
      "customer_id,kind,country,city,income_class,salary_day,account,savings_account,card_number";

  private CustomerCsv() {}

  static void write(SimulatorSettings settings, Writer out) throws IOException {
    Population population = new Population(settings);
    Cards cards = new Cards(settings);
    out.append(HEADER).append('\n');
    for (Customer customer : population.customers()) {
      boolean person = !customer.business();
      Party savings = customer.savings();
      out.append(customer.id()).append(person ? ",person," : ",business,");
      out.append(customer.country().name()).append(',');
      out.append(customer.country().name()).append(Integer.toString(customer.city() + 1));
      out.append(',').append(person ? customer.income().name().toLowerCase(Locale.ROOT) : "");
      out.append(',').append(person ? Integer.toString(population.salaryDay(customer)) : "");
      out.append(',').append(customer.current().account());
      out.append(',').append(savings == null ? "" : savings.account());
      out.append(',').append(cards.number(customer, 0)).append('\n');
    }
  }
}
