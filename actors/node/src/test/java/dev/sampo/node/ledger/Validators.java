package dev.sampo.node.ledger;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.assets.AssetsGenesis;
import dev.sampo.core.crypto.Ed25519Signer;
import dev.sampo.core.crypto.Signer;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.packet.Operators;
import dev.sampo.core.store.InMemoryLedgerStore;
import dev.sampo.core.store.LedgerStore;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionBody;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.ValidatorSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Keys, a genesis and transfers for tests that run several validators. */
public final class Validators {

  static final AssetId COIN = new AssetId("coin");
  static final AccountId ALICE = new AccountId("alice");
  static final AccountId BOB = new AccountId("bob");

  static final AccountId RELAY = new AccountId("relay");
  static final Signer RELAY_SIGNER = Ed25519Signer.fromSeed(Bytes.fromHex("7e".repeat(32)));

  private final Random random;
  private final List<Bytes> seeds;
  private final Ed25519Signer alice;
  private final Ed25519Signer bob;
  private final Genesis genesis;

  public Validators(int count) {
    this(new Random(7), List.of(), count);
  }

  private Validators(Random random, List<Bytes> known, int count) {
    this.random = random;
    this.alice = Ed25519Signer.fromSeed(bytes(32));
    this.bob = Ed25519Signer.fromSeed(bytes(32));
    this.seeds = new ArrayList<>(known);
    while (seeds.size() < count) {
      seeds.add(bytes(32));
    }
    seeds.sort(Comparator.comparing(seed -> Ed25519Signer.fromSeed(seed).publicKey()));
    var keys = seeds.stream().map(seed -> Ed25519Signer.fromSeed(seed).publicKey()).toList();
    var state =
        new AssetsGenesis(
            List.of(
                new AssetsGenesis.Account(ALICE, alice.publicKey()),
                new AssetsGenesis.Account(BOB, bob.publicKey()),
                new AssetsGenesis.Account(RELAY, RELAY_SIGNER.publicKey())),
            List.of(
                new AssetsGenesis.Issue(
                    COIN, ALICE, List.of(new AssetsGenesis.Balance(ALICE, 1_000_000)))),
            new Operators(List.of(ALICE), 1));
    this.genesis =
        new Genesis(
            bytes(32),
            count == 1 ? "solo" : "simplex",
            LedgerTime.ofMillis(System.currentTimeMillis()),
            new ValidatorSet(keys),
            LedgerParameters.DEFAULT,
            Assets.NAME,
            state.encoded());
  }

  /** Another ledger, of the validators {@code from} to the last of this one. */
  public Validators anotherLedger(int from) {
    var committee = seeds.subList(from, seeds.size());
    return new Validators(new Random(8), committee, committee.size());
  }

  /** A ledger of these validators and {@code more} that no network knows. */
  Validators withStrangers(int more) {
    return new Validators(new Random(9), seeds, seeds.size() + more);
  }

  public Genesis genesis() {
    return genesis;
  }

  public Bytes seed(ValidatorIndex index) {
    return seeds.get(index.number());
  }

  public SignedTransaction transfer(long amount) {
    return fromAlice(Assets.transfer(COIN, BOB, amount));
  }

  /** Alice is the only operator, too. */
  SignedTransaction fromAlice(Bytes payload) {
    var body =
        new TransactionBody(
            genesis.ledgerId(),
            Assets.NAME,
            payload,
            ALICE,
            LedgerTime.ofMillis(System.currentTimeMillis() + 60_000),
            bytes(16),
            List.of());
    return SignedTransaction.sign(body, alice);
  }

  LedgerStore newStore() {
    return new InMemoryLedgerStore();
  }

  private Bytes bytes(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return Bytes.owning(bytes);
  }
}
