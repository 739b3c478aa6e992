package dev.sampo.core.consensus;

import dev.sampo.core.types.View;

/** Names a timer: setting it again replaces it. A fired timer that no longer matters is ignored. */
public record TimerId(Kind kind, View view) {

  /** What a timer is for; engines use those they need. */
  public enum Kind {
    /** No valid proposal came in time (T_prop, 2.9). */
    PROPOSAL,
    /** The view did not end in time (T_adv, 2.9). */
    ADVANCE,
    /** Send own votes again (T_retry, S1). */
    RETRY,
    /** No new finalization for long (T_still, S2). */
    STANDSTILL,
    /** An idle leader proposes an empty block (T_idle, W9). */
    IDLE,
    /** Push a certificate to those who seem to lack it (C3, W11). */
    PUSH,
    /** A proposal from the future may be voted for now (W8). */
    TIMESTAMP,
    /** Ask again for what is missing. */
    FETCH,
    /** Wait for status replies before the first vote after a restart (W6). */
    START,
    /** Tell peers where this validator stands when nothing else does (T_idle, W10). */
    HEARTBEAT,
    /** Ask those again who have not said what was promised (RE2). */
    RECOVERY
  }
}
