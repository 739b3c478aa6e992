/** Machines that are weakened on purpose: what the invariants are worth is what they catch. */
@org.jspecify.annotations.NullMarked
package dev.sampo.simulation.planted;
