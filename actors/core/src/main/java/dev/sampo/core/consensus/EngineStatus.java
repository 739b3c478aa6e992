package dev.sampo.core.consensus;

import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;

/** Where an engine stands. */
public record EngineStatus(
    Epoch epoch, View view, ValidatorIndex leader, View finalView, Height finalHeight) {}
