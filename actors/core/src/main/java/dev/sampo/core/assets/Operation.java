package dev.sampo.core.assets;

import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.packet.PacketOperation;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;

/** What the payload of a transaction asks the assets application to do. */
public sealed interface Operation {

  /** Opens an account; any account may open another. */
  record OpenAccount(AccountId account, PublicKey key) implements Operation {}

  /** Adds to the sender's holdings a new asset, or more of one that it issued. */
  record IssueAsset(AssetId asset, long amount) implements Operation {}

  /** Moves an amount from the sender to another account. */
  record Transfer(AssetId asset, AccountId to, long amount) implements Operation {}

  /**
   * Sends an amount from the sender to an account of another ledger.
   *
   * @param timeout what is not received there before this time of that ledger comes back
   */
  record SendAcross(ChannelId channel, AssetId asset, AccountId to, long amount, LedgerTime timeout)
      implements Operation {}

  /**
   * Moves the sender's account, with its key and all that it holds, to another ledger (M2).
   *
   * @param timeout if it is not received there before this time of that ledger, it stays here
   */
  record MoveAccount(ChannelId channel, LedgerTime timeout) implements Operation {}

  /** Carries proofs to and fro, or decides about channels. */
  record OnPackets(PacketOperation operation) implements Operation {}

  default Bytes encoded() {
    return WireWriter.encode(
        out -> {
          switch (this) {
            case OpenAccount(var account, var key) ->
                out.u8(1).text(account.name()).fixed(key.value());
            case IssueAsset(var asset, var amount) -> out.u8(2).text(asset.name()).u64(amount);
            case Transfer(var asset, var to, var amount) ->
                out.u8(3).text(asset.name()).text(to.name()).u64(amount);
            case SendAcross(var channel, var asset, var to, var amount, var timeout) ->
                out.u8(4)
                    .text(channel.name())
                    .text(asset.name())
                    .text(to.name())
                    .u64(amount)
                    .u64(timeout.millis());
            case MoveAccount(var channel, var timeout) ->
                out.u8(11).text(channel.name()).u64(timeout.millis());
            case OnPackets(var operation) -> operation.writeTo(out);
          }
        });
  }

  static Operation decode(Bytes payload) throws Malformed {
    return WireReader.decode(payload, Operation::readFrom);
  }

  private static Operation readFrom(WireReader in) throws Malformed {
    int code = in.u8();
    return switch (code) {
      case 1 -> new OpenAccount(readAccount(in), new PublicKey(in.fixed(PublicKey.LENGTH)));
      case 2 -> new IssueAsset(readAsset(in), in.u64());
      case 3 -> new Transfer(readAsset(in), readAccount(in), in.u64());
      case 4 ->
          new SendAcross(
              ChannelId.readFrom(in),
              readAsset(in),
              readAccount(in),
              in.u64(),
              LedgerTime.ofMillis(in.u64()));
      case 11 -> new MoveAccount(ChannelId.readFrom(in), LedgerTime.ofMillis(in.u64()));
      default -> new OnPackets(PacketOperation.readFrom(code, in));
    };
  }

  private static AccountId readAccount(WireReader in) throws Malformed {
    return new AccountId(in.text(AccountId.LENGTH_MAX));
  }

  private static AssetId readAsset(WireReader in) throws Malformed {
    return new AssetId(in.text(AssetId.LENGTH_MAX));
  }
}
