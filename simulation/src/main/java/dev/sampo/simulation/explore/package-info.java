/**
 * Runs the shipped Simplex engine through every scenario of a bounded space (2.20), by rule and
 * without chance.
 */
@NullMarked
package dev.sampo.simulation.explore;

import org.jspecify.annotations.NullMarked;
