package dev.sampo.core.packet;

import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;

/**
 * The light client of a peer in this ledger's state.
 *
 * @param validators of the peer's epoch 0, the only one there is yet
 * @param trustingPeriod in milliseconds, 1 to {@link #TRUSTING_PERIOD_MAX}
 * @param decided nothing at or below this height is proven or held against the peer: governance has
 *     settled what happened there; 0 at first
 * @param newest of the anchors; before the first one height 0 and the own time of connecting
 * @param anchors how many of the peer's are kept
 * @param frozen two histories of the peer were proven (T8)
 */
public record PeerClient(
    ValidatorSet validators,
    long trustingPeriod,
    Height decided,
    Newest newest,
    int anchors,
    boolean frozen) {

  /** Ten years. */
  public static final long TRUSTING_PERIOD_MAX = 3_650L * 24 * 60 * 60 * 1_000;

  /** Height and time of the newest anchor. */
  public record Newest(Height height, LedgerTime time) {

    static Newest of(Anchor anchor) {
      return new Newest(anchor.height(), anchor.time());
    }
  }

  public PeerClient {
    requireTrustingPeriod(trustingPeriod);
    if (anchors < 0 || anchors > Clients.ANCHORS_MAX) {
      throw new IllegalArgumentException("at most " + Clients.ANCHORS_MAX + " anchors are kept");
    }
  }

  static void requireTrustingPeriod(long millis) {
    if (millis < 1 || millis > TRUSTING_PERIOD_MAX) {
      throw new IllegalArgumentException("a trusting period is 1 ms to ten years");
    }
  }

  /** Whether nothing of the peer's is known yet. */
  public boolean isWithoutAnchor() {
    return newest.height.equals(Height.ZERO);
  }

  /**
   * Whether at the own time {@code now} what happened at {@code time} is too old to count (T10).
   */
  boolean isTooOld(LedgerTime time, LedgerTime now) {
    return now.millis() - time.millis() > trustingPeriod;
  }

  boolean isExpired(LedgerTime now) {
    return isTooOld(newest.time, now);
  }

  /** Whether at the own time {@code now} proofs of the peer count (T8, T10). */
  public boolean isLive(LedgerTime now) {
    return !frozen && !isExpired(now);
  }

  /** Whether at the own time {@code now} a third of the trusting period is over. */
  public boolean isAgeing(LedgerTime now) {
    return now.millis() - newest.time.millis() > trustingPeriod / 3;
  }

  /** With one more anchor, for which the lowest made room if there was none. */
  PeerClient withAnchor(Anchor anchor) {
    var newer = anchor.height().isAfter(newest.height) ? Newest.of(anchor) : newest;
    int kept = hasRoom() ? anchors + 1 : anchors;
    return new PeerClient(validators, trustingPeriod, decided, newer, kept, frozen);
  }

  /** Whether one more anchor displaces none. */
  boolean hasRoom() {
    return anchors < Clients.ANCHORS_MAX;
  }

  PeerClient afterFork() {
    return new PeerClient(validators, trustingPeriod, decided, newest, anchors, true);
  }

  /** As governance resolves it: {@code anchor} is what happened, and nothing before it counts. */
  PeerClient resolvedTo(Anchor anchor) {
    return new PeerClient(validators, trustingPeriod, anchor.height(), Newest.of(anchor), 1, false);
  }

  static void writeValidators(ValidatorSet validators, WireWriter out) {
    out.list(validators.keys(), (key, w) -> w.fixed(key.value()));
  }

  static ValidatorSet readValidators(WireReader in) throws Malformed {
    return new ValidatorSet(
        in.list(ValidatorSet.MAX_SIZE, reader -> new PublicKey(reader.fixed(PublicKey.LENGTH))));
  }

  void writeTo(WireWriter out) {
    writeValidators(validators, out);
    out.u64(trustingPeriod).u64(decided.number());
    out.u64(newest.height.number()).u64(newest.time.millis());
    out.u32(anchors).bool(frozen);
  }

  static PeerClient readFrom(WireReader in) throws Malformed {
    return new PeerClient(
        readValidators(in),
        in.u64(),
        Height.of(in.u64()),
        new Newest(Height.of(in.u64()), LedgerTime.ofMillis(in.u64())),
        in.u32(),
        in.bool());
  }
}
