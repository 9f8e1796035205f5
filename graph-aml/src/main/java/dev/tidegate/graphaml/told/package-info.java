/**
 * What the sharded graph finds, told as the other layouts tell it. In: transactions, and what
 * {@link dev.tidegate.graphaml.shard.ShardPipeline} found about them. Out: signals and pattern
 * alerts. {@link dev.tidegate.graphaml.told.ShardedGraphPipeline} is the way in.
 */
@NullMarked
package dev.tidegate.graphaml.told;

import org.jspecify.annotations.NullMarked;
