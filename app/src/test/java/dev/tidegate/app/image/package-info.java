/**
 * Container images, unpacked and started with their own commands. In: a folder with an image's
 * layers laid over each other. Out: its processes.
 */
package dev.tidegate.app.image;
