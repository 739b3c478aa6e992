package dev.sampo.planted.r10names.core;

/** Says nothing about what it does. */
final class OffenderUtils {}
