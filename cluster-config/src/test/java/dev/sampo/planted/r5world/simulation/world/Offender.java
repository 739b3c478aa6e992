package dev.sampo.planted.r5world.simulation.world;

import dev.sampo.planted.r5world.node.Port;

/** A simulated validator that knows a real one. */
record Offender(Port port) {}
