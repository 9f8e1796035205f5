/** What is read from topics and sent to them, with a real broker. */
package dev.tidegate.app.topics;
