package dev.sampo.cluster.placement;

/** A validator, and where it stands. */
public record Member(String name, String dataCentre) {}
