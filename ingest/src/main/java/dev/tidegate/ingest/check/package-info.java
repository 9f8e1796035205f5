/**
 * A look at a file through a profile. In: a file and a profile. Out: its first rows as read, what
 * is missing, and what will not work because of it, in plain words.
 */
package dev.tidegate.ingest.check;
