/**
 * Settings: the reference file, a file of the user's over it, and the records that stages take. In:
 * YAML; out: validated settings.
 */
package dev.tidegate.app.config;
