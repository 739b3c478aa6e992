package dev.sampo.planted.r5simulator.cluster.chaos;

import dev.sampo.planted.r5simulator.simulation.run.Run;

/** The command that does to a demo what the simulator does to a world. */
record InnocentChaos(Run run) {}
