/** Tests of the package of the same name. */
package dev.tidegate.console.models;
