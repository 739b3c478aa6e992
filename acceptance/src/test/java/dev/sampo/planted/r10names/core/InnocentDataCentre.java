package dev.sampo.planted.r10names.core;

/** A word of the glossary. */
record InnocentDataCentre(String name) {}
