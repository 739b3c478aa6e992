package dev.sampo.core.consensus;

import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;

/**
 * Where an engine stands.
 *
 * @param finalHeight of the newest block that is stored with its finalization (D6)
 */
public record EngineStatus(
    Epoch epoch, View view, ValidatorIndex leader, View finalView, Height finalHeight) {}
