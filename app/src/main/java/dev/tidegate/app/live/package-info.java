/**
 * The whole platform in one process: embedded servers, stages, feed and page. In: a data directory
 * and a feed; out: alerts on a page, progress on the terminal.
 */
package dev.tidegate.app.live;
