package dev.sampo.core.assets;

import dev.sampo.core.assets.AssetsState.Asset;
import dev.sampo.core.execution.Outcome;
import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.packet.Packet;
import dev.sampo.core.packet.PacketHandler;
import dev.sampo.core.state.State;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.Event;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.InvariantViolation;
import dev.sampo.core.wire.Malformed;
import java.util.Optional;

/**
 * Amounts that leave and enter a ledger (T5). An asset that leaves is kept in the escrow of its
 * channel, which counts in its supply; at the other end a voucher for it is minted. A voucher that
 * goes back through the channel that it came by is burnt, and what it stands for is unlocked there,
 * from that channel's escrow alone.
 */
final class Crossings implements PacketHandler {

  @Override
  public String application() {
    return Assets.NAME;
  }

  @Override
  public Optional<Load> load(Bytes content) {
    try {
      var crossing = Crossing.decode(content);
      return Optional.of(new Load(crossing.asset().name(), crossing.amount()));
    } catch (Malformed malformed) {
      return Optional.empty();
    }
  }

  /** Takes from the sender what it sends. */
  Outcome take(Operation.SendAcross send, AccountId sender, State state) {
    if (send.amount() < 1) {
      return AssetError.INVALID_AMOUNT.failed();
    }
    var asset = send.asset();
    var known = AssetsState.asset(state, asset);
    if (known.isEmpty()) {
      return AssetError.UNKNOWN_ASSET.failed();
    }
    long held = AssetsState.balance(state, asset, sender);
    if (held < send.amount()) {
      return AssetError.INSUFFICIENT_BALANCE.failed();
    }
    AssetsState.putBalance(state, asset, sender, held - send.amount());
    if (goesHome(asset, send.channel())) {
      AssetsState.putAsset(
          state, asset, known.get().withSupply(known.get().supply() - send.amount()));
      return Outcome.ok(event("voucher_burnt", asset, sender, send.amount()));
    }
    long locked = AssetsState.escrow(state, asset, send.channel());
    AssetsState.putEscrow(state, asset, send.channel(), Math.addExact(locked, send.amount()));
    return Outcome.ok(event("asset_locked", asset, sender, send.amount()));
  }

  @Override
  public Outcome receive(Packet packet, State state) {
    Crossing crossing;
    try {
      crossing = Crossing.decode(packet.content());
    } catch (Malformed malformed) {
      return AssetError.MALFORMED_PACKET.failed();
    }
    if (AssetsState.account(state, crossing.to()).isEmpty()) {
      return AssetError.UNKNOWN_ACCOUNT.failed();
    }
    var here = packet.destination().channel();
    if (goesHome(crossing.asset(), packet.source().channel())) {
      return unlock(here, crossing.asset().atOtherEnd(), crossing.to(), crossing.amount(), state);
    }
    return AssetId.voucher(here, crossing.asset())
        .map(voucher -> mint(voucher, crossing.to(), crossing.amount(), state))
        .orElseGet(AssetError.VOUCHER_PATH_TOO_LONG::failed);
  }

  /**
   * Fails only if the peer's validators have lied: then the escrow, or the room below 2^63-1, went
   * to what they forged.
   */
  @Override
  public Outcome refund(Packet packet, State state) {
    Crossing crossing;
    try {
      crossing = Crossing.decode(packet.content());
    } catch (Malformed damaged) {
      throw new InvariantViolation("a packet that was sent from here is damaged", damaged);
    }
    var channel = packet.source().channel();
    var asset = crossing.asset();
    return goesHome(asset, channel)
        ? mint(asset, crossing.from(), crossing.amount(), state)
        : unlock(channel, asset, crossing.from(), crossing.amount(), state);
  }

  /** Whether a voucher leaves its ledger by the channel through which it came. */
  private static boolean goesHome(AssetId asset, ChannelId source) {
    return asset.channel().equals(Optional.of(source));
  }

  private static Outcome unlock(
      ChannelId channel, AssetId asset, AccountId to, long amount, State state) {
    if (AssetsState.asset(state, asset).isEmpty()) {
      return AssetError.UNKNOWN_ASSET.failed();
    }
    long locked = AssetsState.escrow(state, asset, channel);
    if (locked < amount) {
      return AssetError.ESCROW_SHORT.failed();
    }
    AssetsState.putEscrow(state, asset, channel, locked - amount);
    AssetsState.credit(state, asset, to, amount);
    return Outcome.ok(event("asset_unlocked", asset, to, amount));
  }

  private static Outcome mint(AssetId voucher, AccountId to, long amount, State state) {
    var known = AssetsState.asset(state, voucher).orElse(Asset.VOUCHER);
    if (amount > Long.MAX_VALUE - known.supply()) {
      return AssetError.AMOUNT_OVERFLOW.failed();
    }
    AssetsState.putAsset(state, voucher, known.withSupply(known.supply() + amount));
    AssetsState.credit(state, voucher, to, amount);
    return Outcome.ok(event("voucher_minted", voucher, to, amount));
  }

  private static Event event(String type, AssetId asset, AccountId account, long amount) {
    return Event.of(
        type, "asset", asset.name(), "account", account.name(), "amount", Long.toString(amount));
  }
}
