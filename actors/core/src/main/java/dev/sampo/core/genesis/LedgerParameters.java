package dev.sampo.core.genesis;

import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;

/**
 * Parameters that all nodes of a ledger share.
 *
 * @param inlineBytesMax most bytes of inline transactions in a block (protocol 2.2)
 * @param maxValidityMillis a transaction is valid at most this long ahead of block time (X1)
 * @param maxLiveIds most entries that the dedupe set holds (7.15)
 * @param attestEvery a state attestation is due at each multiple of this height (2.11)
 * @param idleMillis an idle leader proposes an empty block after this time (W9)
 * @param verification who checks the signatures of clients (X11)
 */
public record LedgerParameters(
    int inlineBytesMax,
    long maxValidityMillis,
    long maxLiveIds,
    int attestEvery,
    long idleMillis,
    LaneParameters lanes,
    Verification verification,
    BacklogLimits backlog) {

  /**
   * Attest every block; 64 KiB inline, the rest by lanes; ten minutes; four million ids; an empty
   * block in 5 s.
   */
  public static final LedgerParameters DEFAULT =
      new LedgerParameters(64 << 10, 600_000, 4_000_000, 1, 5_000)
          .withLanes(LaneParameters.DEFAULT);

  /**
   * Of a ledger without lanes, whose validators each check all signatures, and with the shipped
   * limits of the backlog.
   */
  public LedgerParameters(
      int inlineBytesMax,
      long maxValidityMillis,
      long maxLiveIds,
      int attestEvery,
      long idleMillis) {
    this(
        inlineBytesMax,
        maxValidityMillis,
        maxLiveIds,
        attestEvery,
        idleMillis,
        LaneParameters.NONE,
        Verification.EVERY_VALIDATOR,
        BacklogLimits.of(attestEvery));
  }

  public LedgerParameters {
    boolean positive =
        inlineBytesMax > 0
            && maxValidityMillis > 0
            && maxLiveIds > 0
            && attestEvery > 0
            && idleMillis > 0;
    if (!positive || inlineBytesMax > 1 << 20) {
      throw new IllegalArgumentException("parameters must be positive, inline at most 1 MiB");
    }
    if (!backlog.suit(attestEvery)) {
      throw new IllegalArgumentException(
          "a backlog of "
              + backlog.blocksMax()
              + " blocks is less than four times the "
              + attestEvery
              + " heights from one attested state to the next");
    }
  }

  /** The same but for who checks signatures. */
  public LedgerParameters withVerification(Verification other) {
    return new LedgerParameters(
        inlineBytesMax,
        maxValidityMillis,
        maxLiveIds,
        attestEvery,
        idleMillis,
        lanes,
        other,
        backlog);
  }

  /** Whether execution relies on signatures that others have checked (X11). */
  public boolean isAttested() {
    return verification == Verification.ATTESTED;
  }

  void writeTo(WireWriter out) {
    out.u32(inlineBytesMax).u64(maxValidityMillis).u64(maxLiveIds);
    out.u32(attestEvery).u64(idleMillis);
    lanes.writeTo(out);
    verification.writeTo(out);
    backlog.writeTo(out);
  }

  static LedgerParameters readFrom(WireReader in) throws Malformed {
    return new LedgerParameters(
        in.u32(),
        in.u64(),
        in.u64(),
        in.u32(),
        in.u64(),
        LaneParameters.readFrom(in),
        Verification.readFrom(in),
        BacklogLimits.readFrom(in));
  }

  /** The same but for the lanes. */
  public LedgerParameters withLanes(LaneParameters other) {
    return new LedgerParameters(
        inlineBytesMax,
        maxValidityMillis,
        maxLiveIds,
        attestEvery,
        idleMillis,
        other,
        verification,
        backlog);
  }

  /** The same but for the limits of the backlog. */
  public LedgerParameters withBacklog(BacklogLimits other) {
    return new LedgerParameters(
        inlineBytesMax,
        maxValidityMillis,
        maxLiveIds,
        attestEvery,
        idleMillis,
        lanes,
        verification,
        other);
  }
}
