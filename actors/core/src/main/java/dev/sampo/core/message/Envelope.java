package dev.sampo.core.message;

import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.View;

/**
 * A message with the ledger that it is about and the sender's last final view, an unsigned hint
 * (C4).
 */
public record Envelope(LedgerId ledger, View lastFinal, PeerMessage message) {}
