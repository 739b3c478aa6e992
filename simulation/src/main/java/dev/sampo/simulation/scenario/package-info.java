/** Scenario files: a schedule of faults as text that people write and read. */
@NullMarked
package dev.sampo.simulation.scenario;

import org.jspecify.annotations.NullMarked;
