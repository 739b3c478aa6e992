package dev.sampo.planted.r5simulator.cluster.startup;

import dev.sampo.planted.r5simulator.simulation.run.Run;

/** A node that simulates. */
record Offender(Run run) {}
