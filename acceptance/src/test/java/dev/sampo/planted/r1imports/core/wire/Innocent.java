package dev.sampo.planted.r1imports.core.wire;

import java.nio.ByteBuffer;

/** The wire may lay out bytes. */
record Innocent(ByteBuffer bytes) {}
