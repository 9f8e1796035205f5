package dev.tidegate.app.offline;

import dev.tidegate.schemas.event.FeatureVector;
import dev.tidegate.schemas.event.Label;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.Consumer;

/** A history's vectors and labels as they were logged. */
public final class ArchivedEvents implements AutoCloseable {
  private final WorkFolder work;
  private final HistoryFolder folder;

  /**
   * Opens a history.
   *
   * @throws dev.tidegate.app.Refused if it holds no payments
   */
  public ArchivedEvents(Path history) throws Exception {
    work = WorkFolder.temporary();
    try {
      folder = new HistoryFolder(history, work.path("sorting"));
    } catch (Exception e) {
      work.close();
      throw e;
    }
  }

  /** Tells each payment's first vector of a feature set, in no order. */
  public void eachVector(String digest, OffsetBounds ends, Consumer<FeatureVector> each)
      throws Exception {
    folder.eachVector(digest, ends, each);
  }

  /** Tells each label, in no order. */
  public void eachLabel(OffsetBounds ends, Consumer<Label> each) throws Exception {
    folder.eachLabel(ends, each);
  }

  @Override
  public void close() throws SQLException {
    folder.close();
    work.close();
  }
}
