package dev.sampo.simulation.crossledger;

/** A channel in the direction that a packet takes. */
record Way(End from, End to) {}
