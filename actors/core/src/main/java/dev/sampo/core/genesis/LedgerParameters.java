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
    Verification verification) {

  /**
   * Attest every block; 64 KiB inline, the rest by lanes; ten minutes; four million ids; an empty
   * block in 5 s.
   */
  public static final LedgerParameters DEFAULT =
      new LedgerParameters(
          64 << 10,
          600_000,
          4_000_000,
          1,
          5_000,
          LaneParameters.DEFAULT,
          Verification.EVERY_VALIDATOR);

  /** Of a ledger without lanes, whose validators each check all signatures. */
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
        Verification.EVERY_VALIDATOR);
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
  }

  /** The same but for who checks signatures. */
  public LedgerParameters with(Verification other) {
    return new LedgerParameters(
        inlineBytesMax, maxValidityMillis, maxLiveIds, attestEvery, idleMillis, lanes, other);
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
  }

  static LedgerParameters readFrom(WireReader in) throws Malformed {
    return new LedgerParameters(
        in.u32(),
        in.u64(),
        in.u64(),
        in.u32(),
        in.u64(),
        LaneParameters.readFrom(in),
        Verification.readFrom(in));
  }
}
