/**
 * Who belongs together: accounts and customers that share devices, phones, addresses and other
 * identifiers, as of a moment. In: sightings, one at a time; out: links with their reasons and
 * clusters with stable ids. Plain Java: no Flink, no clock, no input or output. {@link
 * dev.tidegate.graphaml.links.EntityLinks} is the way in.
 */
package dev.tidegate.graphaml.links;
