package dev.sampo.simulation.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a Byzantine validator lies: the named adversaries of protocol 2.21. */
public enum Behaviour {
  /** As leader proposes different blocks to different validators. */
  EQUIVOCATE,
  /** Two machines with one key, each heard by a part of the others. */
  TWIN,
  /** Never proposes. */
  SILENT_LEADER,
  /** Proposes late, often after the others gave up. */
  LATE_LEADER,
  /** Proposes, then nullifies its own view. */
  PROPOSE_THEN_NULLIFY,
  /** Proposes without the certificates that justify the parent. */
  OMIT_JUSTIFICATION,
  /** Proposes on a parent that is older than the newest. */
  STALE_PARENT,
  /** Sends the header of its block with a body that is not the one committed to. */
  WRONG_BODY,
  /** Gives its block a time far in the future or before its parent's. */
  BAD_TIMESTAMP,
  /** Notarizes two blocks of one view. */
  DOUBLE_NOTARIZE,
  /** Finalizes and nullifies one view. */
  NULLIFY_AND_FINALIZE,
  /** Finalizes without a notarization, also what it does not know. */
  FINALIZE_EARLY,
  /** Nullifies every view at once. */
  NULLIFY_ALWAYS,
  /** Votes to a part of the others only. */
  PARTIAL_VOTES,
  /** Keeps its messages back and sends them much later. */
  WITHHOLD,
  /** Sends old messages again. */
  REPLAY,
  /** Sends votes of views far ahead. */
  FUTURE_VIEWS,
  /** Signs wrongly, or in the name of another. */
  BAD_SIGNATURES,
  /** Changes single fields of what it sends and signs the result. */
  MUTATE,
  /** Answers requests with what was not asked for, in part, or not at all. */
  HALF_TRUTHS,
  /** Claims in its status and hints to be far ahead or behind. */
  FALSE_STATUS,
  /** Attests a wrong state. */
  WRONG_STATE,
  /** Leaves out the transactions of others. */
  CENSOR,
  /** Asks for huge ranges again and again. */
  HUGE_REQUESTS,
  /** Sends nothing at all. */
  MUTE,
  /** Shows the signatures of others under statements that they did not sign. */
  RELABEL,
  /** Answers with final blocks that are not final. */
  FORGE_HISTORY,
  /** Proposes on a block of its own making in the place of the parent, and serves that block. */
  FORGE_PARENT,
  /** Proposes transactions again that earlier blocks carried. */
  REPEAT_TRANSACTIONS,
  /** Sends the batches of its lane to a few only, and serves none later. */
  WITHHOLD_BATCHES,
  /** As leader orders batches that nobody has, with a proof of its own making. */
  INVENT_TIPS,
  /** As leader goes back to the cut of an older block. */
  REVERT_CUT,
  /** Appends two batches at one place of its lane. */
  FORK_LANE,
  /** Appends far more to its lane than its window allows. */
  OVERSTEP_WINDOW,
  /** Acknowledges batches that it does not keep, and has not checked where that is asked for. */
  ACK_UNSTORED,
  /** Acknowledges two batches at one place. */
  DOUBLE_ACK,
  /** Appends batches with an invalid signature of a client, and vouches for them. */
  FORGE_BATCHES,
  /** As leader carries transactions inline whose signatures are not valid. */
  FORGE_INLINE,
  /** As leader refers to no newer state than the parent, and orders whatever the backlog. */
  OVERSTEP_BACKLOG;

  /** The name in scenarios and on the command line, such as {@code silent-leader}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<Behaviour> named(String label) {
    return Arrays.stream(values()).filter(one -> one.label().equals(label)).findFirst();
  }
}
