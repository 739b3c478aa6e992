package dev.sampo.core.assets;

import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Bytes;
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

  default Bytes encoded() {
    return WireWriter.encode(
        out -> {
          switch (this) {
            case OpenAccount(var account, var key) ->
                out.u8(1).text(account.name()).fixed(key.value());
            case IssueAsset(var asset, var amount) -> out.u8(2).text(asset.name()).u64(amount);
            case Transfer(var asset, var to, var amount) ->
                out.u8(3).text(asset.name()).text(to.name()).u64(amount);
          }
        });
  }

  static Operation decode(Bytes payload) throws Malformed {
    return WireReader.decode(payload, Operation::readFrom);
  }

  private static Operation readFrom(WireReader in) throws Malformed {
    return switch (in.u8()) {
      case 1 -> new OpenAccount(readAccount(in), new PublicKey(in.fixed(PublicKey.LENGTH)));
      case 2 -> new IssueAsset(readAsset(in), in.u64());
      case 3 -> new Transfer(readAsset(in), readAccount(in), in.u64());
      default -> throw new Malformed("unknown operation");
    };
  }

  private static AccountId readAccount(WireReader in) throws Malformed {
    return new AccountId(in.text(AccountId.LENGTH_MAX));
  }

  private static AssetId readAsset(WireReader in) throws Malformed {
    return new AssetId(in.text(AssetId.LENGTH_MAX));
  }
}
