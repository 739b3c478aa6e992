package dev.sampo.core.light;

import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.vote.Statement;

/** Roots with a quorum behind them, and the header of the block that they are about (LC3). */
public record CertifiedState(Statement.StateAttest statement, BlockHeader header) {}
