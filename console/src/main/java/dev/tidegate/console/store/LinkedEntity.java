package dev.tidegate.console.store;

import dev.tidegate.schemas.event.EntityLink;

/**
 * A link of somebody who is asked about.
 *
 * @param link the two and what they share
 * @param cluster id of the cluster that both are in
 * @param size how many are in it
 */
public record LinkedEntity(EntityLink link, String cluster, int size) {}
