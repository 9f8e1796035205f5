/**
 * HTTP: addresses, headers, static files and the live stream. In: requests. Out: pages, JSON and
 * server-sent events, made from {@code store} and {@code page}.
 */
@NullMarked
package dev.tidegate.console.web;

import org.jspecify.annotations.NullMarked;
