/** Tests of the clock that is moved by hand. */
package dev.tidegate.lab.time;
