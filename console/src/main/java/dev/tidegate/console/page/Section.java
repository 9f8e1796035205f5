package dev.tidegate.console.page;

/** A part of an alert's page that tells why, and that changes while the page is open. */
public interface Section {
  /** The section alone; what the page's script puts in place when there is more to tell. */
  Markup render();
}
