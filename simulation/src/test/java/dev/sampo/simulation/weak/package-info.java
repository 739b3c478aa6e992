/** Machines that hosts can be given instead of the shipped ones, each with one mistake. */
@org.jspecify.annotations.NullMarked
package dev.sampo.simulation.weak;
