package dev.sampo.planted.r12reader.node.reader;

/** What a reader must not know; it breaks no rule by itself. */
interface EagerSigner {}
