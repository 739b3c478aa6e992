package dev.sampo.planted.r5simulator.simulation.run;

/** A run of the simulator. */
public record Run(long seed) {}
