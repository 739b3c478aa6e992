package dev.sampo.planted.r5layers.testkit;

import dev.sampo.planted.r5layers.node.Outer;

/** A testkit that starts real validators. */
public record Innocent(Outer outer) {}
