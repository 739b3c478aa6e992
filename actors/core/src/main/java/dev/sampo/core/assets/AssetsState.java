package dev.sampo.core.assets;

import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.state.State;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.InvariantViolation;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.List;
import java.util.Optional;

/**
 * The entries of the assets application: {@code account/NAME}, {@code asset/NAME}, {@code
 * balance/ASSET/NAME} and {@code escrow/ASSET/CHANNEL}. A balance or an escrow of 0 has no entry.
 * On a ledger that is one of several {@code shard}, and for accounts that may move {@code
 * holding/NAME/ASSET} beside each balance and {@code refunds/NAME}. What it keeps about packets has
 * other first words (see {@link dev.sampo.core.packet.PacketKeys}).
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

  private static final Bytes SHARD = Bytes.ofAscii("shard");
  private static final Bytes PRESENT = Bytes.fromHex("01");

  private AssetsState() {}

  static Bytes accountKey(AccountId account) {
    return Bytes.ofAscii("account/" + account);
  }

  static Bytes assetKey(AssetId asset) {
    return Bytes.ofAscii("asset/" + asset);
  }

  /** The asset whose entry has this key. */
  static AssetId assetOf(Bytes key) {
    return new AssetId(textOf(key, "asset/".length()));
  }

  private static String textOf(Bytes key, int from) {
    var text = new StringBuilder();
    for (int i = from; i < key.length(); i++) {
      text.append((char) key.at(i));
    }
    return text.toString();
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

  static Optional<AccountRecord> account(StateReader state, AccountId account) {
    return state.get(accountKey(account)).map(AccountRecord::stored);
  }

  static void putAccount(State state, AccountId account, AccountRecord record) {
    state.put(accountKey(account), record.encoded());
  }

  /** Whether an account has left, or is leaving. */
  static boolean isAway(StateReader state, AccountId account) {
    return account(state, account)
        .filter(record -> !(record instanceof AccountRecord.Active))
        .isPresent();
  }

  /** What part of a sharded application this ledger is, if it is one. */
  static Optional<Shard> shard(StateReader state) {
    return state.get(SHARD).map(value -> read(value, Shard::readFrom));
  }

  static void putShard(State state, Shard shard) {
    state.put(SHARD, WireWriter.encode(shard::writeTo));
  }

  /** The first {@code limit} holdings of an account that may move, in the order of the assets. */
  static List<Holding> holdings(StateReader state, AccountId account, int limit) {
    var path = "holding/" + account;
    // 0 follows / in ASCII.
    return state.range(Bytes.ofAscii(path + "/"), Bytes.ofAscii(path + "0"), limit).stream()
        .map(entry -> new AssetId(textOf(entry.key(), path.length() + 1)))
        .map(asset -> new Holding(asset, balance(state, asset, account)))
        .toList();
  }

  private static boolean isMovable(StateReader state, AccountId account) {
    return account(state, account).filter(AccountRecord::isMovable).isPresent();
  }

  /** How many packets are under way that may give back to an account what it has sent. */
  static long refunds(StateReader state, AccountId account) {
    return amount(state.get(refundsKey(account)));
  }

  /** Counts only for accounts that may move. */
  static void addRefunds(State state, AccountId account, long more) {
    if (isMovable(state, account)) {
      putAmount(state, refundsKey(account), refunds(state, account) + more);
    }
  }

  private static Bytes refundsKey(AccountId account) {
    return Bytes.ofAscii("refunds/" + account);
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
    var key = balanceKey(asset, account);
    boolean wasHeld = state.get(key).isPresent();
    putAmount(state, key, amount);
    if (wasHeld != amount > 0 && isMovable(state, account)) {
      var holding = Bytes.ofAscii("holding/" + account + "/" + asset);
      if (wasHeld) {
        state.delete(holding);
      } else {
        state.put(holding, PRESENT);
      }
    }
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
