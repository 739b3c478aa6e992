package dev.sampo.planted.r5layers.core;

import dev.sampo.planted.r5layers.node.Outer;

/** A core that knows a node. */
record Offender(Outer outer) {}
