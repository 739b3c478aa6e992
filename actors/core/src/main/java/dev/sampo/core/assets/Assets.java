package dev.sampo.core.assets;

import dev.sampo.core.assets.AssetsState.Asset;
import dev.sampo.core.crypto.Ed25519Suite;
import dev.sampo.core.crypto.SignatureVerifier;
import dev.sampo.core.execution.Application;
import dev.sampo.core.execution.OrderedTransaction;
import dev.sampo.core.execution.Outcome;
import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.packet.PacketOperation;
import dev.sampo.core.packet.Packets;
import dev.sampo.core.state.State;
import dev.sampo.core.state.StateKey;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.Event;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.wire.Malformed;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Accounts that hold and transfer assets. Amounts are whole numbers up to 2^63-1, and so is the
 * supply of an asset, which is at all times the sum of its balances.
 */
public final class Assets implements Application {

  public static final String NAME = "assets";

  private final Packets packets;

  /**
   * @param verifier of what validators of other ledgers signed; its verdicts are consensus rules
   */
  public Assets(SignatureVerifier verifier) {
    this.packets = new Packets(new AssetPackets(), verifier);
  }

  /** With the verifier that needs no provider but gives the verdicts of all of them (X4). */
  public Assets() {
    this(new Ed25519Suite());
  }

  /** The payload of a transaction that opens an account. */
  public static Bytes openAccount(AccountId account, PublicKey key) {
    return new Operation.OpenAccount(account, key).encoded();
  }

  /** The payload of a transaction that issues a new asset, or more of the sender's own. */
  public static Bytes issueAsset(AssetId asset, long amount) {
    return new Operation.IssueAsset(asset, amount).encoded();
  }

  /** The payload of a transaction that moves an amount from the sender to {@code to}. */
  public static Bytes transfer(AssetId asset, AccountId to, long amount) {
    return new Operation.Transfer(asset, to, amount).encoded();
  }

  /** The payload of a transaction that sends an amount to an account of another ledger. */
  public static Bytes sendAcross(
      ChannelId channel, AssetId asset, AccountId to, long amount, LedgerTime timeout) {
    return new Operation.SendAcross(channel, asset, to, amount, timeout).encoded();
  }

  /** The payload of a transaction that moves its sender's account to another ledger. */
  public static Bytes moveAccount(ChannelId channel, LedgerTime timeout) {
    return new Operation.MoveAccount(channel, timeout).encoded();
  }

  /** The payload of a transaction that carries a proof, or decides about a channel. */
  public static Bytes onPackets(PacketOperation operation) {
    return new Operation.OnPackets(operation).encoded();
  }

  /** The leaf that holds an {@link AccountRecord}. */
  public static StateKey accountKey(AccountId account) {
    return StateKey.application(AssetsState.accountKey(account));
  }

  /** The leaf that holds an asset's issuer and supply. */
  public static StateKey assetKey(AssetId asset) {
    return StateKey.application(AssetsState.assetKey(asset));
  }

  /** The leaf that holds a balance; absent if it is 0. */
  public static StateKey balanceKey(AssetId asset, AccountId account) {
    return StateKey.application(AssetsState.balanceKey(asset, account));
  }

  /** The leaf that holds what is in escrow for the other end of a channel; absent if it is 0. */
  public static StateKey escrowKey(AssetId asset, ChannelId channel) {
    return StateKey.application(AssetsState.escrowKey(asset, channel));
  }

  /** The amount that the value of a balance's leaf stands for. */
  public static long amountOf(Optional<Bytes> value) {
    return AssetsState.amount(value);
  }

  /** The first {@code limit} assets in the order of their names. */
  public static List<AssetId> assets(StateReader state, int limit) {
    return state.range(Bytes.ofAscii("asset/"), Bytes.ofAscii("asset0"), limit).stream()
        .map(entry -> AssetsState.assetOf(entry.key()))
        .toList();
  }

  /** What the ledger holds of an account; nothing if it has never had it. */
  public static Optional<AccountRecord> account(StateReader state, AccountId account) {
    return AssetsState.account(state, account);
  }

  /** What part of an application this ledger is; nothing if its accounts never move. */
  public static Optional<Shard> shard(StateReader state) {
    return AssetsState.shard(state);
  }

  /** The supply of an asset; 0 if nobody has issued it. */
  public static long supply(StateReader state, AssetId asset) {
    return AssetsState.asset(state, asset).map(Asset::supply).orElse(0L);
  }

  /**
   * The sum of all balances of an asset, with what is in escrow: equal to its supply, or value was
   * made or lost.
   */
  public static long sumOfBalances(StateReader state, AssetId asset) {
    return Math.addExact(
        sum(state, AssetsState.balancesFrom(asset), AssetsState.balancesTo(asset)),
        sum(state, AssetsState.escrowsFrom(asset), AssetsState.escrowsTo(asset)));
  }

  private static long sum(StateReader state, Bytes first, Bytes to) {
    long sum = 0;
    Bytes from = first;
    while (true) {
      var page = state.range(from, to, StateReader.RANGE_MAX);
      for (var amount : page) {
        sum = Math.addExact(sum, amountOf(Optional.of(amount.value())));
      }
      if (page.size() < StateReader.RANGE_MAX) {
        return sum;
      }
      var last = page.getLast().key();
      var next = new byte[last.length() + 1];
      last.copyTo(next, 0);
      from = Bytes.owning(next);
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void initLedger(Bytes genesisState, State state) {
    try {
      new AssetsStart(state).write(AssetsGenesis.decode(genesisState));
    } catch (Malformed malformed) {
      throw new IllegalArgumentException("the genesis state is malformed", malformed);
    }
  }

  @Override
  public boolean authorises(AccountId sender, PublicKey key, StateReader state) {
    return AssetsState.account(state, sender).map(AccountRecord::key).equals(Optional.of(key));
  }

  @Override
  public Outcome apply(OrderedTransaction transaction, State state) {
    return apply(transaction, state, asked -> packets.apply(asked, transaction, state));
  }

  @Override
  public Outcome checkTransaction(OrderedTransaction transaction, State scratch) {
    return apply(transaction, scratch, asked -> packets.check(asked, transaction, scratch));
  }

  private Outcome apply(
      OrderedTransaction transaction, State state, Function<PacketOperation, Outcome> onPackets) {
    if (AssetsState.isAway(state, transaction.sender())) {
      return AssetError.MOVED.failed();
    }
    Operation operation;
    try {
      operation = Operation.decode(transaction.payload());
    } catch (Malformed malformed) {
      return AssetError.MALFORMED_PAYLOAD.failed();
    }
    var sender = transaction.sender();
    return switch (operation) {
      case Operation.OpenAccount open -> apply(open, sender, state);
      case Operation.IssueAsset issue -> apply(issue, sender, state);
      case Operation.Transfer transfer -> apply(transfer, sender, state);
      case Operation.SendAcross send -> Crossings.send(send, transaction, packets, state);
      case Operation.MoveAccount move -> AccountMoves.begin(move, transaction, packets, state);
      case Operation.OnPackets(var asked) -> onPackets.apply(asked);
    };
  }

  private static Outcome apply(Operation.OpenAccount open, AccountId sender, State state) {
    if (AssetsState.account(state, open.account()).isPresent()) {
      return AssetError.ACCOUNT_EXISTS.failed();
    }
    var shard = AssetsState.shard(state);
    if (shard.isPresent() && !shard.get().isHomeOf(open.account())) {
      return AssetError.NOT_HOME.failed();
    }
    // M1: created in generation 1, or never to move.
    var record = new AccountRecord.Active(open.key(), shard.isPresent() ? 1 : 0);
    AssetsState.putAccount(state, open.account(), record);
    return Outcome.ok(
        Event.of("account_opened", "account", open.account().name(), "by", sender.name()));
  }

  private static Outcome apply(Operation.IssueAsset issue, AccountId sender, State state) {
    var before = AssetsState.asset(state, issue.asset()).orElse(Asset.issuedBy(sender));
    if (issue.asset().isVoucher() || !before.issuer().equals(Optional.of(sender))) {
      return AssetError.NOT_ISSUER.failed();
    }
    if (issue.amount() < 1) {
      return AssetError.INVALID_AMOUNT.failed();
    }
    if (issue.amount() > Long.MAX_VALUE - before.supply()) {
      return AssetError.AMOUNT_OVERFLOW.failed();
    }
    AssetsState.putAsset(state, issue.asset(), before.withSupply(before.supply() + issue.amount()));
    AssetsState.credit(state, issue.asset(), sender, issue.amount());
    return Outcome.ok(
        Event.of(
            "asset_issued",
            "asset",
            issue.asset().name(),
            "issuer",
            sender.name(),
            "amount",
            Long.toString(issue.amount())));
  }

  private static Outcome apply(Operation.Transfer transfer, AccountId sender, State state) {
    if (transfer.amount() < 1) {
      return AssetError.INVALID_AMOUNT.failed();
    }
    if (AssetsState.asset(state, transfer.asset()).isEmpty()) {
      return AssetError.UNKNOWN_ASSET.failed();
    }
    if (AssetsState.account(state, transfer.to()).isEmpty()) {
      return AssetError.UNKNOWN_ACCOUNT.failed();
    }
    if (AssetsState.isAway(state, transfer.to())) {
      return AssetError.MOVED.failed();
    }
    long held = AssetsState.balance(state, transfer.asset(), sender);
    if (held < transfer.amount()) {
      return AssetError.INSUFFICIENT_BALANCE.failed();
    }
    AssetsState.putBalance(state, transfer.asset(), sender, held - transfer.amount());
    AssetsState.credit(state, transfer.asset(), transfer.to(), transfer.amount());
    return Outcome.ok(
        Event.of(
            "transferred",
            "asset",
            transfer.asset().name(),
            "from",
            sender.name(),
            "to",
            transfer.to().name(),
            "amount",
            Long.toString(transfer.amount())));
  }

  @Override
  public Optional<Bytes> query(String path, StateReader state) {
    return AssetsState.isPath(path) ? state.get(Bytes.ofAscii(path)) : Optional.empty();
  }
}
