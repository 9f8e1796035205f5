package dev.tidegate.app.offline;

import dev.tidegate.features.EntityCheck;
import dev.tidegate.features.archive.HistoryTable;
import dev.tidegate.features.catalogue.Catalogue;
import dev.tidegate.features.catalogue.Entity;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Checks the vectors that a platform served against its history, while both go on: a slice of an
 * entity's keys a turn. For one thread, but for {@link #cancel}.
 */
public final class HistoryCheck {
  private final Path history;
  private final Catalogue catalogue;
  private final Bounds bounds;
  private final List<Entity> entities;
  private final AtomicReference<@Nullable ArchivedKeys> open = new AtomicReference<>();
  private volatile boolean cancelled;

  /**
   * How much a turn looks at.
   *
   * @param slices parts of an entity's keys, one of which is looked at
   * @param maxPayments most payments of them
   */
  public record Bounds(int slices, int maxPayments) {}

  /**
   * What a turn found.
   *
   * @param entity whose features were computed again
   * @param found how they compare
   */
  public record Outcome(Entity entity, EntityCheck.Found found) {}

  /** Waits until what stood in the topics before is in the history. */
  public interface Settling {
    /** Returns when it is. */
    void await() throws InterruptedException;
  }

  /** A check of the history in a local folder. */
  public HistoryCheck(Path history, Catalogue catalogue, Bounds bounds) {
    this.history = history;
    this.catalogue = catalogue;
    this.bounds = bounds;
    this.entities =
        catalogue.entities().stream()
            .filter(entity -> !catalogue.measures(entity).isEmpty())
            .toList();
  }

  /**
   * Takes a turn. Vectors are looked for first and payments only after a while: those before a
   * vector are in the history then, though its tables are written one by one.
   *
   * @param number of the turn, 0 or more; the next one looks at other keys
   * @throws CancellationException if it was cancelled
   */
  public Outcome take(long number, Settling settling)
      throws IOException, SQLException, InterruptedException {
    CheckTurn turn = CheckTurn.of(number, entities, bounds.slices());
    ArchivedDays vectors = ArchivedDays.of(history, HistoryTable.VECTORS);
    if (vectors.isEmpty()) {
      return new Outcome(turn.entity(), EntityCheck.Found.NOTHING);
    }
    settling.await();
    EntityCheck check = new EntityCheck(catalogue, turn.entity());
    CheckRange range = CheckRange.of(vectors, check.reachMs(), number);
    try (WorkFolder work = WorkFolder.temporary();
        ArchivedKeys keys = new ArchivedKeys(work.path())) {
      open.set(keys);
      return new Outcome(turn.entity(), check(keys, check, turn, range));
    } catch (SQLException e) {
      requireWanted();
      throw e;
    } finally {
      open.set(null);
    }
  }

  private EntityCheck.Found check(
      ArchivedKeys keys, EntityCheck check, CheckTurn turn, CheckRange range)
      throws IOException, SQLException {
    ArchivedDays payments = ArchivedDays.of(history, HistoryTable.TRANSACTIONS);
    List<Path> labels = ArchivedDays.of(history, HistoryTable.LABELS).since(range.firstDay());
    boolean whole = range.mayBeWhole() && keys.isWhole(range.vectors());
    requireWanted();
    keys.choose(payments.since(range.firstDay()), turn, bounds.slices(), bounds.maxPayments());
    Sum sum = new Sum();
    keys.each(
        range.vectors(),
        range.judged(),
        labels,
        key -> {
          requireWanted();
          sum.add(
              check.check(key.payments(), key.labels(), whole ? Long.MIN_VALUE : range.fromMs()));
        });
    return sum.found;
  }

  private static final class Sum {
    EntityCheck.Found found = EntityCheck.Found.NOTHING;

    void add(EntityCheck.Found more) {
      found = found.plus(more);
    }
  }

  private void requireWanted() {
    if (cancelled) {
      throw new CancellationException("the check was cancelled");
    }
  }

  /** Ends a turn that is being taken, and those to come; from any thread. */
  public void cancel() {
    cancelled = true;
    ArchivedKeys keys = open.get();
    if (keys != null) {
      keys.cancel();
    }
  }
}
