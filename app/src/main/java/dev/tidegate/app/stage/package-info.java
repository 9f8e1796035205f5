/**
 * The stages between [transactions] and the page, wired to given servers in one process. In:
 * addresses, a release, settings; out: running stages.
 */
package dev.tidegate.app.stage;
