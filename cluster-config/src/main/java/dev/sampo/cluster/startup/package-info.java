/** The start of a node: what it needs is checked, put together, and stopped in order. */
@org.jspecify.annotations.NullMarked
package dev.sampo.cluster.startup;
