/**
 * A bounded run of the fraud lane over a file, with every row accounted for. In: a file and a
 * profile; out: decisions, alerts, rejections and a summary as files.
 */
package dev.tidegate.app.replay;
