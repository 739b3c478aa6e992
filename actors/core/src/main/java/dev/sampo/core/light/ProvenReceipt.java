package dev.sampo.core.light;

import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.transaction.Receipt;

/**
 * What became of a transaction.
 *
 * @param at the block that executed it
 */
public record ProvenReceipt(Receipt receipt, BlockHeader at) {}
