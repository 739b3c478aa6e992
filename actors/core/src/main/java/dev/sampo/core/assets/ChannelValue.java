package dev.sampo.core.assets;

import dev.sampo.core.assets.AssetsState.Asset;
import dev.sampo.core.execution.Outcome;
import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.packet.Packet;
import dev.sampo.core.state.State;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.Event;
import java.util.Optional;

/**
 * Amounts that leave and enter a ledger (T5). An asset that leaves is kept in the escrow of its
 * channel, which counts in its supply; at the other end a voucher for it is minted. A voucher that
 * goes back through the channel that it came by is burnt, and what it stands for is unlocked there,
 * from that channel's escrow alone.
 */
final class ChannelValue {

  private ChannelValue() {}

  /** Takes from an account what leaves. */
  static Outcome leave(Holding what, AccountId owner, ChannelId channel, State state) {
    var asset = what.asset();
    var known = AssetsState.asset(state, asset);
    if (known.isEmpty()) {
      return AssetError.UNKNOWN_ASSET.failed();
    }
    long held = AssetsState.balance(state, asset, owner);
    if (held < what.amount()) {
      return AssetError.INSUFFICIENT_BALANCE.failed();
    }
    AssetsState.putBalance(state, asset, owner, held - what.amount());
    if (goesHome(asset, channel)) {
      long supply = known.get().supply() - what.amount();
      AssetsState.putAsset(state, asset, known.get().withSupply(supply));
      return Outcome.ok(event("voucher_burnt", what, owner));
    }
    long locked = AssetsState.escrow(state, asset, channel);
    AssetsState.putEscrow(state, asset, channel, Math.addExact(locked, what.amount()));
    return Outcome.ok(event("asset_locked", what, owner));
  }

  /** Gives an account what a packet brings; {@code what} as the packet's source calls it. */
  static Outcome arrive(Holding what, AccountId to, Packet packet, State state) {
    var here = packet.destination().channel();
    if (goesHome(what.asset(), packet.source().channel())) {
      var own = new Holding(what.asset().atOtherEnd(), what.amount());
      return unlock(own, to, here, state);
    }
    return AssetId.voucher(here, what.asset())
        .map(voucher -> mint(new Holding(voucher, what.amount()), to, state))
        .orElseGet(AssetError.VOUCHER_PATH_TOO_LONG::failed);
  }

  /**
   * Gives back what has left. Fails only if the peer's validators have lied: then the escrow, or
   * the room below 2^63-1, went to what they forged.
   */
  static Outcome comeBack(Holding what, AccountId owner, ChannelId channel, State state) {
    return goesHome(what.asset(), channel)
        ? mint(what, owner, state)
        : unlock(what, owner, channel, state);
  }

  /** Whether a voucher leaves its ledger by the channel through which it came. */
  private static boolean goesHome(AssetId asset, ChannelId source) {
    return asset.channel().equals(Optional.of(source));
  }

  private static Outcome unlock(Holding what, AccountId to, ChannelId channel, State state) {
    if (AssetsState.asset(state, what.asset()).isEmpty()) {
      return AssetError.UNKNOWN_ASSET.failed();
    }
    long locked = AssetsState.escrow(state, what.asset(), channel);
    if (locked < what.amount()) {
      return AssetError.ESCROW_SHORT.failed();
    }
    AssetsState.putEscrow(state, what.asset(), channel, locked - what.amount());
    AssetsState.credit(state, what.asset(), to, what.amount());
    return Outcome.ok(event("asset_unlocked", what, to));
  }

  private static Outcome mint(Holding voucher, AccountId to, State state) {
    var known = AssetsState.asset(state, voucher.asset()).orElse(Asset.VOUCHER);
    if (voucher.amount() > Long.MAX_VALUE - known.supply()) {
      return AssetError.AMOUNT_OVERFLOW.failed();
    }
    AssetsState.putAsset(
        state, voucher.asset(), known.withSupply(known.supply() + voucher.amount()));
    AssetsState.credit(state, voucher.asset(), to, voucher.amount());
    return Outcome.ok(event("voucher_minted", voucher, to));
  }

  private static Event event(String type, Holding what, AccountId account) {
    return Event.of(
        type,
        "asset",
        what.asset().name(),
        "account",
        account.name(),
        "amount",
        Long.toString(what.amount()));
  }
}
