package dev.tidegate.console.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;

/** The console's connections to PostgreSQL. */
public final class AlertDatabase {
  private static final int CONNECTIONS = 8;
  private static final long CONNECT_MILLIS = 3_000;
  private static final long START_MILLIS = 10_000;

  private AlertDatabase() {}

  /**
   * Opens a pool of connections and brings the tables to this version.
   *
   * @param jdbcUrl for example {@code jdbc:postgresql://host:5432/tidegate}
   * @throws StoreException if the database does not answer within ten seconds, or is newer than
   *     this console
   */
  public static HikariDataSource open(String jdbcUrl, String user, String password) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("console");
    config.setJdbcUrl(jdbcUrl);
    config.setUsername(user);
    config.setPassword(password);
    config.setSchema(Migrations.SCHEMA);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setInitializationFailTimeout(START_MILLIS);
    config.setConnectionInitSql("set statement_timeout = '10s'");
    config.addDataSourceProperty("ApplicationName", "tidegate-console");
    config.addDataSourceProperty("socketTimeout", "30");
    HikariDataSource database;
    try {
      database = new HikariDataSource(config);
    } catch (PoolInitializationException e) {
      throw new StoreException("the console's database does not answer", e);
    }
    try {
      Migrations.apply(database);
      return database;
    } catch (StoreException e) {
      database.close();
      throw e;
    }
  }
}
