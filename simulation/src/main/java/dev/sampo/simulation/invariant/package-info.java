/** What must always hold (protocol 2.20), checked after every event by a global observer. */
@org.jspecify.annotations.NullMarked
package dev.sampo.simulation.invariant;
