/** Draws from a seed which faults befall a run, and when. */
@org.jspecify.annotations.NullMarked
package dev.sampo.simulation.swarm;
