/**
 * The graph in several tasks that each keep all of it: every payment is put into every replica, and
 * one replica searches what it is part of. In: transactions; out: the signals and pattern alerts of
 * the one graph, bit for bit. {@link dev.tidegate.graphaml.replica.ReplicaPipeline} is the way in.
 *
 * <p>One task puts payments in order and numbers them, so that all replicas see the same; one task
 * takes what the replicas saw of patterns, by these numbers, and keeps the episodes.
 */
@NullMarked
package dev.tidegate.graphaml.replica;

import org.jspecify.annotations.NullMarked;
