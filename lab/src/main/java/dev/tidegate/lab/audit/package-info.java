/**
 * A look at the platform from outside: reads the topics with a consumer of its own and says what
 * was lost, doubled or changed. In: topics; out: an {@link dev.tidegate.lab.audit.AuditReport} of
 * the decisions or a {@link dev.tidegate.lab.audit.VectorReport} of the features. Knows no stage.
 */
@NullMarked
package dev.tidegate.lab.audit;

import org.jspecify.annotations.NullMarked;
