package dev.sampo.planted.r5layers.simulation;

import dev.sampo.planted.r5layers.node.Outer;

/** A simulated validator that knows a real one. */
record OffenderInTheWorld(Outer outer) {}
