/** Tests of what is shown. */
@NullMarked
package dev.tidegate.app.demo;

import org.jspecify.annotations.NullMarked;
