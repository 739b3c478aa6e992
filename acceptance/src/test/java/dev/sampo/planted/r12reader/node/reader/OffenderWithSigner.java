package dev.sampo.planted.r12reader.node.reader;

/** Follows, and could speak. */
record OffenderWithSigner(EagerSigner signer) {}
