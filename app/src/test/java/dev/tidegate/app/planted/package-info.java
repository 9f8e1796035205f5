/** Classes that break the house's rules on purpose: what {@code ModuleMapTest} must refuse. */
package dev.tidegate.app.planted;
