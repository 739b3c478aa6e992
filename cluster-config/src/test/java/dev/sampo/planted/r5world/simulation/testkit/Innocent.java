package dev.sampo.planted.r5world.simulation.testkit;

import dev.sampo.planted.r5world.node.Port;

/** A testkit that starts real ones. */
record Innocent(Port port) {}
