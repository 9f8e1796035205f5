package dev.tidegate.app.scenario;

/**
 * The console's database.
 *
 * @param jdbcUrl PostgreSQL's address
 * @param user may create a schema
 * @param password that user's password; may be empty
 */
public record Database(String jdbcUrl, String user, String password) {
  /** Address and user; no password. */
  @Override
  public String toString() {
    return jdbcUrl + " as " + user;
  }
}
