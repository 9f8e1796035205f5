/** Time as an argument: the one adapter to the machine's clock. */
package dev.tidegate.schemas.time;
