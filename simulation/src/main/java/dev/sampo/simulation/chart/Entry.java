package dev.sampo.simulation.chart;

import dev.sampo.core.message.PeerMessage;
import java.util.Optional;

/**
 * One row of a chart.
 *
 * @param nanos virtual time
 * @param column whose line it is on; {@link #EVERYWHERE} for what concerns all
 * @param message what was sent or heard, if that is what happened
 * @param peer who sent what was heard
 */
record Entry(
    long nanos, int column, Kind kind, String text, Optional<PeerMessage> message, int peer) {

  static final int EVERYWHERE = -1;

  /** What happened; its name is the class of the mark in the style sheet. */
  enum Kind {
    SENT,
    VOTE,
    HEARD,
    SYNC,
    COMMIT,
    START,
    FAULT,
    EVIDENCE,
    CLIENT,
    VIOLATION
  }

  static Entry of(long nanos, int column, Kind kind, String text) {
    return new Entry(nanos, column, kind, text, Optional.empty(), EVERYWHERE);
  }
}
