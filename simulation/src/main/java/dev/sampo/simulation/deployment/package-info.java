/** Many ledgers on the validators of several data centres: what they carry, and what is full. */
@NullMarked
package dev.sampo.simulation.deployment;

import org.jspecify.annotations.NullMarked;
