/** Draws the end of a run as a sequence chart for a browser. */
@org.jspecify.annotations.NullMarked
package dev.sampo.simulation.chart;
