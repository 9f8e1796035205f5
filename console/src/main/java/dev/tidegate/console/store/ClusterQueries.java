package dev.tidegate.console.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tidegate.schemas.event.EntityLink;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * What is asked about clusters. A member stands in the cluster that took it in last; a link counts
 * while both of its members stand in one. Thread safe. Every method throws {@link StoreException}
 * if the database failed.
 */
public final class ClusterQueries {
  private static final String SUBJECT = "clusters";

  private static final String PLACE =
      """
      (select p.cluster from entity_member p where p.member = %s and p.present
        order by p.at_ms desc, p.cluster limit 1)""";

  private static final String LINKED =
      """
      with asked as (
        select distinct m as member from jsonb_array_elements_text(?::jsonb) as members(m)),
      near as (
        select l.* from entity_link l join asked on l.left_member = asked.member
        union select l.* from entity_link l join asked on l.right_member = asked.member),
      placed as (
        select near.detail, near.weight, left_member, right_member, LEFT_PLACE as cluster
        from near where LEFT_PLACE = RIGHT_PLACE)
      select detail::text, cluster,
        (select count(*) from entity_member s where s.cluster = placed.cluster and s.present)
      from placed order by weight desc, left_member, right_member limit ?
      """
          .replace("LEFT_PLACE", PLACE.replace("%s", "left_member"))
          .replace("RIGHT_PLACE", PLACE.replace("%s", "right_member"));

  private static final String MEMBERS =
      """
      select member, at_ms,
        (select count(*) from alert where payer_account = member)
          + (select count(*) from alert where counterparty = member) as alerts
      from entity_member where cluster = ? and present order by alerts desc, member limit ?
      """;

  private static final String LINKS =
      """
      select l.detail::text from entity_link l
      join entity_member a on a.cluster = ? and a.present and a.member = l.left_member
      join entity_member b on b.cluster = a.cluster and b.present and b.member = l.right_member
      order by l.weight desc, l.left_member, l.right_member limit ?
      """;

  private final DataSource database;

  /** Takes a database that {@link Migrations} has prepared. */
  public ClusterQueries(DataSource database) {
    this.database = database;
  }

  /**
   * Links of some accounts and customers, the heaviest first.
   *
   * @param limit at most so many, from 1
   */
  public List<LinkedEntity> linked(Collection<String> members, int limit) {
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    members.forEach(member -> names.add(ClusterStore.name(member)));
    return Rows.ask(
        database,
        SUBJECT,
        LINKED,
        List.of(names.toString(), limit),
        row ->
            new LinkedEntity(
                EventJson.read(row.getString(1), EntityLink.class),
                row.getString(2),
                row.getInt(3)));
  }

  /**
   * A cluster; empty if nobody is in it.
   *
   * @param limit at most so many members and so many links, from 1
   */
  public Optional<StoredCluster> cluster(String id, int limit) {
    String clean = EventJson.clean(id);
    int size =
        Rows.ask(
                database,
                SUBJECT,
                "select count(*) from entity_member where cluster = ? and present",
                List.of(clean),
                row -> row.getInt(1))
            .get(0);
    if (size == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new StoredCluster(
            clean,
            size,
            Rows.ask(
                database,
                SUBJECT,
                MEMBERS,
                List.of(clean, limit),
                row -> new StoredCluster.Entry(row.getString(1), row.getLong(2), row.getLong(3))),
            Rows.ask(
                database,
                SUBJECT,
                LINKS,
                List.of(clean, limit),
                row -> EventJson.read(row.getString(1), EntityLink.class))));
  }
}
