/** Simulation and exploration for the command line, on all cores. */
@NullMarked
package dev.sampo.cluster.simulate;

import org.jspecify.annotations.NullMarked;
