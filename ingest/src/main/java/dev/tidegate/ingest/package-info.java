/** The door: bytes from core banking become transactions, labels and rejections. */
package dev.tidegate.ingest;
