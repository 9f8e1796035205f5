/** Tests of audited actions at a real broker. */
package dev.tidegate.app.audit;
