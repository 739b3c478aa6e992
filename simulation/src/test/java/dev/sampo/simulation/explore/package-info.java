@NullMarked
package dev.sampo.simulation.explore;

import org.jspecify.annotations.NullMarked;
