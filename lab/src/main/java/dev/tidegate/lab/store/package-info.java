/** An object store for tests. Out: an address that speaks S3's protocol, in this process. */
@NullMarked
package dev.tidegate.lab.store;

import org.jspecify.annotations.NullMarked;
