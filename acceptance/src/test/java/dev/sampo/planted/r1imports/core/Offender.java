package dev.sampo.planted.r1imports.core;

import java.nio.file.Path;

/** Reaches for the file system. */
record Offender(Path file) {}
