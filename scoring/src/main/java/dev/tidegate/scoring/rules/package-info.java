/**
 * Rules without Kafka. In: rules, typologies and lists as text (CEL), a payment with its features
 * and score; out: which rules fired, the strictest outcome they ask for, and whether an analyst
 * should see it.
 */
@NullMarked
package dev.tidegate.scoring.rules;

import org.jspecify.annotations.NullMarked;
