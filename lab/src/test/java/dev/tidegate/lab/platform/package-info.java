/** Tests of the embedded platform: starts, refusals, kills and what is there afterwards. */
package dev.tidegate.lab.platform;
