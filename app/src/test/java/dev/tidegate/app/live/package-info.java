/** Tests of the platform in one process. */
package dev.tidegate.app.live;
