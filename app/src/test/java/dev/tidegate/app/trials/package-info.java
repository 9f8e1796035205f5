/** Tests of releases on trial. */
package dev.tidegate.app.trials;
