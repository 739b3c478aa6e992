package dev.sampo.planted.r5simulator.simulation.testkit;

/** Something of the testkit. */
public record Kit(long seed) {}
