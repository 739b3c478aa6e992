package dev.sampo.core.light;

import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.state.StateKey;
import dev.sampo.core.types.Bytes;
import java.util.Optional;

/**
 * What a key of the state was.
 *
 * @param value nothing if it was absent
 * @param at the block after which it was so; its height and time are those of the value (W5)
 */
public record ProvenValue(StateKey key, Optional<Bytes> value, BlockHeader at) {}
