/** One run of the simulator: settings in, violations and counts out. */
@org.jspecify.annotations.NullMarked
package dev.sampo.simulation.run;
