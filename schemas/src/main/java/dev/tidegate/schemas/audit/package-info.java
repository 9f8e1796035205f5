/**
 * The hash chain of control actions. In: who did what to what; out: the next event of the chain,
 * and whether a chain is whole.
 */
package dev.tidegate.schemas.audit;
