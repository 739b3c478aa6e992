package dev.sampo.planted.r5simulator.cluster.simulate;

import dev.sampo.planted.r5simulator.simulation.testkit.Kit;

/** A command that needs what only tests have. */
record OffenderInTests(Kit kit) {}
