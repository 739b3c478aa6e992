package dev.sampo.core.execution;

import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.LedgerTime;

/** The block that is being executed; its time is the only clock that an application has. */
public record BlockContext(LedgerId ledger, Height height, LedgerTime time) {}
