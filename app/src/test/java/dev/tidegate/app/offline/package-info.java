/** Tests of the runs over files. */
package dev.tidegate.app.offline;
