package dev.sampo.node.peer;

import java.util.Locale;

/** Why a connection was closed by this side; each is counted, none is logged one by one. */
enum Refusal {
  TOO_MANY_CONNECTIONS,
  /** Ended before a hello was admitted: TLS failed, or the other side left. */
  UNAUTHENTICATED,
  SLOW_HANDSHAKE,
  MALFORMED_HELLO,
  MALFORMED_HOSTING,
  UNKNOWN_VERSION,
  FOREIGN_LEDGER,
  WRONG_SENDER,
  WRONG_RECIPIENT,
  FRAME_LENGTH,
  UNKNOWN_FRAME,
  UNEXPECTED_FRAME,
  /** Said too often what it hosts. */
  TOO_MANY_ANNOUNCEMENTS,
  SILENT,
  MISSED_HEARTBEATS,
  RECIPIENT_FAILED,
  REPLACED;

  /** The value of the metric's label. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
