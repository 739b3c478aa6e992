package dev.sampo.core.assets;

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
 * The entries of the assets application: {@code account/NAME}, {@code asset/NAME} and {@code
 * balance/ASSET/NAME}. A balance of 0 has no entry.
 */
final class AssetsState {

  /** Who issues an asset, and how much of it there is. */
  record Asset(AccountId issuer, long supply) {}

  private AssetsState() {}

  static Bytes accountKey(AccountId account) {
    return key("account/" + account);
  }

  static Bytes assetKey(AssetId asset) {
    return key("asset/" + asset);
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
    return key("balance/" + asset + "/" + account);
  }

  /** Where the keys of an asset's balances start. */
  static Bytes balancesFrom(AssetId asset) {
    return key("balance/" + asset + "/");
  }

  /** Where they end; 0 follows / in ASCII. */
  static Bytes balancesTo(AssetId asset) {
    return key("balance/" + asset + "0");
  }

  /** Whether a query names an entry: printable ASCII of a key's length. */
  static boolean isPath(String path) {
    return !path.isEmpty()
        && path.length() <= State.KEY_LENGTH_MAX
        && path.chars().allMatch(c -> c > ' ' && c <= '~');
  }

  static Bytes key(String text) {
    var ascii = new byte[text.length()];
    for (int i = 0; i < ascii.length; i++) {
      ascii[i] = (byte) text.charAt(i);
    }
    return Bytes.owning(ascii);
  }

  static Optional<PublicKey> account(StateReader state, AccountId account) {
    return state.get(accountKey(account)).map(PublicKey::new);
  }

  static void putAccount(State state, AccountId account, PublicKey key) {
    state.put(accountKey(account), key.value());
  }

  static Optional<Asset> asset(StateReader state, AssetId asset) {
    return state
        .get(assetKey(asset))
        .map(
            value ->
                read(
                    value,
                    in -> new Asset(new AccountId(in.text(AccountId.LENGTH_MAX)), in.u64())));
  }

  static void putAsset(State state, AssetId id, Asset asset) {
    state.put(
        assetKey(id),
        WireWriter.encode(out -> out.text(asset.issuer().name()).u64(asset.supply())));
  }

  static long balance(StateReader state, AssetId asset, AccountId account) {
    return amount(state.get(balanceKey(asset, account)));
  }

  static long amount(Optional<Bytes> value) {
    return value.map(present -> read(present, WireReader::u64)).orElse(0L);
  }

  static void putBalance(State state, AssetId asset, AccountId account, long amount) {
    if (amount == 0) {
      state.delete(balanceKey(asset, account));
    } else {
      state.put(balanceKey(asset, account), WireWriter.encode(out -> out.u64(amount)));
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
