package dev.sampo.planted.r12reader.node.reader;

/** Follows, and has nothing to speak with. */
record InnocentFollower(long height) {}
