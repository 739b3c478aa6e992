/** Makes a run that violates an invariant smaller, and a regression test of what is left. */
@org.jspecify.annotations.NullMarked
package dev.sampo.simulation.shrink;
