/**
 * Control actions and their audit. In: what somebody wants to do; out: its events and its audit
 * event in one transaction, both or neither.
 */
package dev.tidegate.app.audit;
