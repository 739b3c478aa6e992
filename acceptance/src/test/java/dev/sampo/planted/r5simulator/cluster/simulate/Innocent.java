package dev.sampo.planted.r5simulator.cluster.simulate;

import dev.sampo.planted.r5simulator.simulation.run.Run;

/** The command that simulates. */
record Innocent(Run run) {}
