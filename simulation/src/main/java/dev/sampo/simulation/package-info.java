/** A world of validators in one thread, whose every run a seed repeats. */
@NullMarked
package dev.sampo.simulation;

import org.jspecify.annotations.NullMarked;
