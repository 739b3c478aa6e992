/** Chooses the consensus engine that a genesis document names. */
@org.jspecify.annotations.NullMarked
package dev.sampo.core.consensus.engine;
