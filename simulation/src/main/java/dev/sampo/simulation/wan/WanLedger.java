package dev.sampo.simulation.wan;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.assets.AssetsGenesis;
import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionBody;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.wire.WireWriter;
import dev.sampo.simulation.crypto.SimulatedSuite;
import dev.sampo.simulation.fault.Fault;
import dev.sampo.simulation.invariant.Invariant;
import dev.sampo.simulation.invariant.Violation;
import dev.sampo.simulation.swarm.Profile;
import dev.sampo.simulation.world.GivenLedger;
import dev.sampo.simulation.world.Machines;
import dev.sampo.simulation.world.Reply;
import dev.sampo.simulation.world.SimulationSettings;
import dev.sampo.simulation.world.Visitor;
import dev.sampo.simulation.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A ledger of assets whose messages all take equally long, and in which each validator has a client
 * that pays through it.
 */
final class WanLedger {

  private static final AssetId COIN = new AssetId("coin");
  private static final long COINS = 1_000_000;
  private static final long SEED = 1;
  private static final long SECRET = 0x77616e;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final int validators;
  private final SimulatedSuite clients = new SimulatedSuite(SECRET);
  private final Visitor visitor;
  private final List<String> refused = new ArrayList<>();
  private long submitted;

  /** {@code watchers} see everything that happens. */
  WanLedger(int validators, Duration delay, LedgerParameters parameters, List<Invariant> watchers) {
    this.validators = validators;
    var settings =
        new SimulationSettings(
            SEED, validators, Profile.RECOVERABLE, List.of(), List.of(), 0, Duration.ZERO);
    var given =
        GivenLedger.of(settings, Assets.NAME, state(validators), clients)
            .withParameters(parameters)
            .withDelay(delay);
    this.visitor = Visitor.of(given, settings, Machines.SHIPPED, watchers);
  }

  private static Bytes state(int validators) {
    var accounts =
        IntStream.range(0, validators)
            .mapToObj(i -> new AssetsGenesis.Account(account(i), key(i)))
            .toList();
    var balances =
        accounts.stream().map(each -> new AssetsGenesis.Balance(each.id(), COINS)).toList();
    return new AssetsGenesis(accounts, List.of(new AssetsGenesis.Issue(COIN, account(0), balances)))
        .encoded();
  }

  private static AccountId account(int validator) {
    return new AccountId("client" + validator);
  }

  private static PublicKey key(int validator) {
    return new PublicKey(Sha256.hash(WireWriter.encode(out -> out.u32(validator))).value());
  }

  /** The client of a validator pays a coin to the next one's; it arrives {@link #trip} later. */
  TransactionId pay(int validator) {
    long number = submitted++;
    var body =
        new TransactionBody(
            world().genesis().ledgerId(),
            Assets.NAME,
            Assets.transfer(COIN, account((validator + 1) % validators), 1),
            account(validator),
            visitor.now().plusMillis(PATIENCE.toMillis()),
            Sha256.hash(WireWriter.encode(out -> out.u64(number)))
                .value()
                .slice(0, TransactionBody.SALT_LENGTH),
            List.of());
    var transaction = SignedTransaction.sign(body, clients.signer(key(validator)));
    visitor.submit(validator, transaction, PATIENCE, this::replied);
    return transaction.id();
  }

  private void replied(Reply reply) {
    switch (reply) {
      case Reply.Executed(var receipt, _) -> {
        if (!receipt.ok()) {
          refused.add(receipt.code());
        }
      }
      case Reply.Refused(var code) -> refused.add(code);
      case Reply.Silence _ -> refused.add("no answer");
    }
  }

  static Duration trip() {
    return Visitor.TRIP;
  }

  /** Payments that did not succeed; none without faults. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  void inject(Fault fault) {
    visitor.inject(fault);
  }

  void runUntil(Duration time) {
    world().runUntil(time);
  }

  World world() {
    return visitor.world();
  }

  Duration time() {
    return world().time();
  }

  List<Violation> violations() {
    return world().violations();
  }
}
