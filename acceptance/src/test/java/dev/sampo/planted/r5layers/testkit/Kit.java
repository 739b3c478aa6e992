package dev.sampo.planted.r5layers.testkit;

/** Something of the testkit. */
public record Kit(long seed) {}
