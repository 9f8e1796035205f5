/**
 * The topics as an outsider sees them. In: records of topics; out: events, handed to whoever asked
 * for them, and their form as JSON.
 */
package dev.tidegate.app.topics;
