package dev.sampo.core.assets;

import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.state.State;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.InvariantViolation;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.Optional;

/**
 * The entries of the assets application: {@code account/NAME}, {@code asset/NAME}, {@code
 * balance/ASSET/NAME} and {@code escrow/ASSET/CHANNEL}. A balance or an escrow of 0 has no entry.
 * What it keeps about packets has other first words (see {@link dev.sampo.core.packet.PacketKeys}).
 */
final class AssetsState {

  /** Who issues an asset, or nobody if it is a voucher, and how much of it there is. */
  record Asset(Optional<AccountId> issuer, long supply) {

    /** There is none of it yet. */
    static final Asset VOUCHER = new Asset(Optional.empty(), 0);

    static Asset issuedBy(AccountId issuer) {
      return new Asset(Optional.of(issuer), 0);
    }

    Asset withSupply(long amount) {
      return new Asset(issuer, amount);
    }

    private static Asset readFrom(WireReader in) throws Malformed {
      var issuer = in.text(AccountId.LENGTH_MAX);
      return new Asset(
          issuer.isEmpty() ? Optional.empty() : Optional.of(new AccountId(issuer)), in.u64());
    }

    private void writeTo(WireWriter out) {
      out.text(issuer.map(AccountId::name).orElse("")).u64(supply);
    }
  }

  private AssetsState() {}

  static Bytes accountKey(AccountId account) {
    return Bytes.ofAscii("account/" + account);
  }

  static Bytes assetKey(AssetId asset) {
    return Bytes.ofAscii("asset/" + asset);
  }

  /** The asset whose entry has this key. */
  static AssetId assetOf(Bytes key) {
    var name = new StringBuilder();
    for (int i = "asset/".length(); i < key.length(); i++) {
      name.append((char) key.at(i));
    }
    return new AssetId(name.toString());
  }

  static Bytes balanceKey(AssetId asset, AccountId account) {
    return Bytes.ofAscii("balance/" + asset + "/" + account);
  }

  /** Where the keys of an asset's balances start. */
  static Bytes balancesFrom(AssetId asset) {
    return Bytes.ofAscii("balance/" + asset + "/");
  }

  /** Where they end; 0 follows / in ASCII. */
  static Bytes balancesTo(AssetId asset) {
    return Bytes.ofAscii("balance/" + asset + "0");
  }

  static Bytes escrowKey(AssetId asset, ChannelId channel) {
    return Bytes.ofAscii("escrow/" + asset + "/" + channel);
  }

  /** Where the keys of an asset's escrows start. */
  static Bytes escrowsFrom(AssetId asset) {
    return Bytes.ofAscii("escrow/" + asset + "/");
  }

  static Bytes escrowsTo(AssetId asset) {
    return Bytes.ofAscii("escrow/" + asset + "0");
  }

  /** Whether a query names an entry: printable ASCII of a key's length. */
  static boolean isPath(String path) {
    return !path.isEmpty()
        && path.length() <= State.KEY_LENGTH_MAX
        && path.chars().allMatch(c -> c > ' ' && c <= '~');
  }

  static Optional<PublicKey> account(StateReader state, AccountId account) {
    return state.get(accountKey(account)).map(PublicKey::new);
  }

  static void putAccount(State state, AccountId account, PublicKey key) {
    state.put(accountKey(account), key.value());
  }

  static Optional<Asset> asset(StateReader state, AssetId asset) {
    return state.get(assetKey(asset)).map(value -> read(value, Asset::readFrom));
  }

  static void putAsset(State state, AssetId id, Asset asset) {
    state.put(assetKey(id), WireWriter.encode(asset::writeTo));
  }

  static long balance(StateReader state, AssetId asset, AccountId account) {
    return amount(state.get(balanceKey(asset, account)));
  }

  static long amount(Optional<Bytes> value) {
    return value.map(present -> read(present, WireReader::u64)).orElse(0L);
  }

  static void putBalance(State state, AssetId asset, AccountId account, long amount) {
    putAmount(state, balanceKey(asset, account), amount);
  }

  /** Never overflows: no balance exceeds the supply, and that is bounded. */
  static void credit(State state, AssetId asset, AccountId account, long amount) {
    putBalance(state, asset, account, Math.addExact(balance(state, asset, account), amount));
  }

  /** What of an asset is kept for those who hold vouchers at the other end of a channel. */
  static long escrow(StateReader state, AssetId asset, ChannelId channel) {
    return amount(state.get(escrowKey(asset, channel)));
  }

  static void putEscrow(State state, AssetId asset, ChannelId channel, long amount) {
    putAmount(state, escrowKey(asset, channel), amount);
  }

  private static void putAmount(State state, Bytes key, long amount) {
    if (amount == 0) {
      state.delete(key);
    } else {
      state.put(key, WireWriter.encode(out -> out.u64(amount)));
    }
  }

  private static <T> T read(Bytes value, WireReader.Decoder<T> decoder) {
    try {
      return WireReader.decode(value, decoder);
    } catch (Malformed damaged) {
      throw new InvariantViolation("an entry of the assets application is damaged", damaged);
    }
  }
}
