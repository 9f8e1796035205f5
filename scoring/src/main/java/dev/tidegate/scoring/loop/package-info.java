/**
 * The scorer at Kafka. In: [features]; out: [decisions] and [alerts], each payment decided once,
 * and figures of how it went.
 */
@NullMarked
package dev.tidegate.scoring.loop;

import org.jspecify.annotations.NullMarked;
