package dev.sampo.planted.r5layers.node;

/** A node that nobody inside may know. */
public record Outer(String name) {}
