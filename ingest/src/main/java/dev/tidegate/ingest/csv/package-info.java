/**
 * Files to rows. In: bytes of a CSV file, plain, gzip, zstd, or one entry of a zip or tar archive.
 * Out: rows of values with the physical line they start at, or the reason why a line is no row.
 */
package dev.tidegate.ingest.csv;
