package dev.tidegate.console.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A question to the database and what its rows become. */
final class Rows {
  private Rows() {}

  /**
   * Asks on a connection of its own.
   *
   * @param subject what is asked for, in words, for what is said of a failure
   * @param values values of the statement's places, in order
   * @throws StoreException if the database failed
   */
  static <T extends @Nullable Object> List<T> ask(
      DataSource database, String subject, String sql, List<?> values, Reader<T> reader) {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        select.setObject(i + 1, values.get(i));
      }
      List<T> answers = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          answers.add(reader.read(row));
        }
      }
      return answers;
    } catch (SQLException e) {
      throw new StoreException(subject + " could not be read", e);
    }
  }

  /** Makes a value of the row that the cursor stands on. */
  interface Reader<T extends @Nullable Object> {
    T read(ResultSet row) throws SQLException;
  }
}
