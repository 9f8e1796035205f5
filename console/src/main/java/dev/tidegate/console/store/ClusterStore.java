package dev.tidegate.console.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tidegate.console.log.LogBatch;
import dev.tidegate.console.log.LogStore;
import dev.tidegate.schemas.event.ClusterChange;
import dev.tidegate.schemas.event.ClusterStep;
import dev.tidegate.schemas.event.EntityLink;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Clusters of accounts and customers as [clusters] tells them, change after change. A change that
 * concerns two clusters is keyed by one, so changes of different clusters may be read in any order:
 * of each member of each cluster the newest stands, by event time. At one time, changes of the
 * cluster itself stand in their order; that it came off another was before them, that another took
 * it in after them. One that is read twice changes nothing. Who left is kept for {@link #KEPT_MS}
 * of event time for that. Thread safe. Every method throws {@link StoreException} if the database
 * failed.
 */
public final class ClusterStore implements LogStore<ClusterChange> {
  /** How much older than the newest a change may be that is read late. */
  static final long KEPT_MS = 30 * 86_400_000L;

  /** Members that one change names at most; a larger one comes in several, one behind another. */
  static final int MOST_NAMED = 500;

  /** Clusters touch no row of alerts, so their writers wait for each other alone. */
  private static final long LOCK = 7_468_003L;

  /** Longest name of a member that is kept; the rest is cut. */
  static final int LONGEST_NAME = 256;

  private static final String MOVE =
      """
      insert into entity_member as known (cluster, member, at_ms, present, over)
      select ?, m, ?, ?, ? from jsonb_array_elements_text(?::jsonb) as members(m)
      on conflict (cluster, member) do update set at_ms = excluded.at_ms, present = excluded.present,
        over = excluded.over
      where excluded.at_ms > known.at_ms
        or excluded.at_ms = known.at_ms and not known.over and not ?
          and (excluded.present <> known.present or excluded.over)
      """;

  private static final String LINK =
      """
      insert into entity_link as known (left_member, right_member, at_ms, weight, detail)
      values (?, ?, ?, ?, ?::jsonb)
      on conflict (left_member, right_member) do update set at_ms = excluded.at_ms,
        weight = excluded.weight, detail = excluded.detail
      where excluded.at_ms >= known.at_ms
      """;

  /**
   * Links of who left to anybody; of a part that left as one, to those who stayed. Of a part that
   * came in several changes, those named before are its members since this moment.
   */
  private static final String CUT =
      """
      delete from entity_link using
        (select array_agg(m) as names from
          (select m from jsonb_array_elements_text(?::jsonb) as members(m)
           union select member from entity_member where cluster = ? and at_ms = ? and present) all_of
        ) gone
      where at_ms <= ? and (left_member = any(gone.names) or right_member = any(gone.names))
        and not (? and left_member = any(gone.names) and right_member = any(gone.names))
      """;

  private static final String PRESENT =
      "select count(*) from entity_member where cluster = ? and present";

  private static final String FORGET = "delete from entity_member where not present and at_ms < ?";

  private final IntakeLedger ledger;

  /** Takes a database that {@link Migrations} has prepared. */
  public ClusterStore(DataSource database) {
    this.ledger = new IntakeLedger(database, "clusters", "");
  }

  @Override
  public int accept(LogBatch<ClusterChange> batch) {
    return ledger.accept(batch, connection -> save(connection, batch.events()));
  }

  @Override
  public Map<Integer, Long> positions(String topicId) {
    return ledger.positions(topicId);
  }

  private static int save(Connection connection, List<ClusterChange> changes) throws SQLException {
    if (changes.isEmpty()) {
      return 0;
    }
    IntakeLedger.lock(connection, LOCK);
    int changed = 0;
    long newestMs = Long.MIN_VALUE;
    for (ClusterChange change : changes) {
      changed += apply(connection, change) > 0 ? 1 : 0;
      newestMs = Math.max(newestMs, change.getAtMs());
    }
    try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
      forget.setLong(1, newestMs - KEPT_MS);
      forget.executeUpdate();
    }
    return changed;
  }

  /** Tells how many rows of members it changed. */
  private static int apply(Connection connection, ClusterChange change) throws SQLException {
    ClusterStep step = change.getChange();
    String other = change.getOther();
    int moved = 0;
    switch (step) {
      case FORMED, GREW, MERGED -> {
        moved += step == ClusterStep.MERGED ? move(connection, change, other, Move.TAKEN_IN) : 0;
        moved += move(connection, change, change.getCluster(), Move.JOINED);
        link(connection, change);
      }
      case SHRANK, SPLIT, DISSOLVED -> {
        moved += move(connection, change, change.getCluster(), Move.LEFT);
        moved += step == ClusterStep.SPLIT ? move(connection, change, other, Move.CAME_OFF) : 0;
        if (step != ClusterStep.SPLIT || whole(connection, change)) {
          cut(connection, change, step == ClusterStep.SPLIT);
        }
      }
    }
    return moved;
  }

  /** What a change is to the members of a cluster. */
  private enum Move {
    JOINED,
    LEFT,
    /** They are this cluster from now on: the first that is told of it. */
    CAME_OFF,
    /** The cluster is no more: the last that is told of it. */
    TAKEN_IN
  }

  private static int move(
      Connection connection, ClusterChange change, @Nullable String cluster, Move how)
      throws SQLException {
    if (cluster == null) {
      return 0;
    }
    try (PreparedStatement move = connection.prepareStatement(MOVE)) {
      move.setString(1, EventJson.clean(cluster));
      move.setLong(2, change.getAtMs());
      move.setBoolean(3, how == Move.JOINED || how == Move.CAME_OFF);
      move.setBoolean(4, how == Move.TAKEN_IN);
      move.setString(5, names(change.getMembers()));
      move.setBoolean(6, how == Move.CAME_OFF);
      return move.executeUpdate();
    }
  }

  private static void link(Connection connection, ClusterChange change) throws SQLException {
    try (PreparedStatement link = connection.prepareStatement(LINK)) {
      for (EntityLink one : change.getLinks()) {
        link.setString(1, name(one.getLeft()));
        link.setString(2, name(one.getRight()));
        link.setLong(3, change.getAtMs());
        link.setDouble(4, one.getWeight());
        link.setString(5, EventJson.write(one).toString());
        link.addBatch();
      }
      link.executeBatch();
    }
  }

  /**
   * Whether all of a part that came off have been named: until then nobody knows which of the
   * others stay, and whose links to them are cut.
   */
  private static boolean whole(Connection connection, ClusterChange change) throws SQLException {
    if (change.getMembers().size() < MOST_NAMED) {
      return true;
    }
    try (PreparedStatement present = connection.prepareStatement(PRESENT)) {
      present.setString(1, EventJson.clean(change.getCluster()));
      try (ResultSet row = present.executeQuery()) {
        row.next();
        return row.getInt(1) <= change.getSize();
      }
    }
  }

  private static void cut(Connection connection, ClusterChange change, boolean together)
      throws SQLException {
    try (PreparedStatement cut = connection.prepareStatement(CUT)) {
      String other = change.getOther();
      cut.setString(1, names(change.getMembers()));
      cut.setString(2, together && other != null ? EventJson.clean(other) : "");
      cut.setLong(3, change.getAtMs());
      cut.setLong(4, change.getAtMs());
      cut.setBoolean(5, together);
      cut.executeUpdate();
    }
  }

  /** Each once: a statement may change a row only once. */
  private static String names(Collection<String> members) {
    TreeSet<String> names = new TreeSet<>();
    members.forEach(member -> names.add(name(member)));
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    names.forEach(json::add);
    return json.toString();
  }

  /** A member's name as it is stored. */
  static String name(String member) {
    String clean = EventJson.clean(member);
    return clean.length() > LONGEST_NAME ? clean.substring(0, LONGEST_NAME) : clean;
  }
}
