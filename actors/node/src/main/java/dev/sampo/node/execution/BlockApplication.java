package dev.sampo.node.execution;

import dev.sampo.core.block.Block;
import dev.sampo.core.vote.FinalityProof;

/** A final block to apply, with the proof of its finality or of a descendant's. */
record BlockApplication(Block block, FinalityProof proof) {}
