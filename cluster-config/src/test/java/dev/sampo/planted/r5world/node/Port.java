package dev.sampo.planted.r5world.node;

/** Something of a real node. */
public record Port(int number) {}
