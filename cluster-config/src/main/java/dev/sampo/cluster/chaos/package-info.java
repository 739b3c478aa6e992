/** Faults for a running demo, in the words of the simulation. */
@NullMarked
package dev.sampo.cluster.chaos;

import org.jspecify.annotations.NullMarked;
