package dev.sampo.planted.r10names.core;

/** Collects everything. */
final class OffenderManager {}
