package dev.tidegate.lab.bank;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The raw columns of simulated payments, each value as the number of its first appearance. */
final class ColumnTable {
  /** One column. */
  static final class Column {
    private final List<String> values = new ArrayList<>();
    private final IntArrayList rows = new IntArrayList();
    private final Object2IntOpenHashMap<String> codes = new Object2IntOpenHashMap<>();

    void add(String value) {
      int code = codes.getOrDefault(value, values.size());
      if (code == values.size()) {
        codes.put(value, code);
        values.add(value);
      }
      rows.add(code);
    }

    /** Distinct values by code. */
    List<String> values() {
      return values;
    }

    int code(int row) {
      return rows.getInt(row);
    }
  }

  private final Map<String, Column> columns = new LinkedHashMap<>();
  private final List<@Nullable PlantedCase> planted = new ArrayList<>();

  ColumnTable(Iterator<SimulatedTransaction> payments) {
    List<Column> raw = new ArrayList<>();
    for (String name : SimulatorCsv.HEADER.split(",")) {
      raw.add(add(name));
    }
    Column timeMs = add("timestamp as a number");
    Column hour = add("hour of day");
    Column weekday = add("day of week");
    while (payments.hasNext()) {
      SimulatedTransaction payment = payments.next();
      String[] fields = SimulatorCsv.row(payment).split(",", -1);
      for (int i = 0; i < fields.length; i++) {
        raw.get(i).add(fields[i]);
      }
      timeMs.add(Long.toString(payment.eventTimeMs()));
      hour.add(Long.toString(payment.eventTimeMs() / 3_600_000 % 24));
      weekday.add(Long.toString(payment.eventTimeMs() / Day.MS % 7));
      planted.add(payment.planted());
    }
  }

  private Column add(String name) {
    Column column = new Column();
    columns.put(name, column);
    return column;
  }

  /** A further column, such as one made to leak. */
  Column add(String name, List<String> values) {
    Column column = add(name);
    values.forEach(column::add);
    return column;
  }

  Map<String, Column> columns() {
    return columns;
  }

  int rows() {
    return planted.size();
  }

  @Nullable PlantedCase planted(int row) {
    return planted.get(row);
  }
}
