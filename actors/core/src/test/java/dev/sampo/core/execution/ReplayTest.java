package dev.sampo.core.execution;

import static dev.sampo.core.execution.TestLedger.ALICE;
import static dev.sampo.core.execution.TestLedger.BOB;
import static dev.sampo.core.execution.TestLedger.CAROL;
import static dev.sampo.core.execution.TestLedger.GOLD;
import static dev.sampo.core.execution.TestLedger.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.Seeds;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.lane.OrderedBlock;
import dev.sampo.core.state.State;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.state.StateUnavailable;
import dev.sampo.core.store.EntryReader.Entry;
import dev.sampo.core.store.InMemoryLedgerStore;
import dev.sampo.core.store.LedgerStore;
import dev.sampo.core.store.Table;
import dev.sampo.core.store.WriteSet;
import dev.sampo.core.store.WriteSet.Write;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.InvariantViolation;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.vote.Statement.StateAttest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReplayTest {

  private static final List<AccountId> ACCOUNTS = List.of(ALICE, BOB, CAROL);

  @ParameterizedTest
  @MethodSource("dev.sampo.core.Seeds#few")
  @Tag("fault-75")
  void givesEqualRootsInAnotherLocaleFromGenesisOn(long seed) {
    var first = new TestLedger();
    var statements = run(first, seed, 40);
    var before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      var second = new TestLedger();
      var again = new ArrayList<StateAttest>();
      for (var block : first.blocks().subList(1, first.blocks().size())) {
        again.add(second.run(block).statement());
      }
      assertThat(again).isEqualTo(statements);
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sampo.core.Seeds#few")
  void givesTheSameStoreWhetherCommittedOneByOneOrManyAtOnceOrAfterRestarts(long seed) {
    var oneByOne = new TestLedger();
    run(oneByOne, seed, 40);
    var random = Seeds.random(seed);
    var batched = new TestLedger();
    var waiting = new ArrayList<WriteSet>();
    for (var block : oneByOne.blocks().subList(1, oneByOne.blocks().size())) {
      waiting.add(
          batched.executor.execute(OrderedBlock.inline(block), batched.finality(block)).writes());
      if (random.nextInt(4) == 0) {
        batched.store.commit(WriteSet.of(waiting));
        waiting.clear();
        if (random.nextBoolean()) {
          batched.restart();
        } else {
          batched.executor.committed(block.height());
        }
      }
    }
    batched.store.commit(WriteSet.of(waiting));
    for (var table : Table.values()) {
      assertThat(all(batched, table)).isEqualTo(all(oneByOne, table));
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sampo.core.Seeds#few")
  void conservesTheSupply(long seed) {
    var ledger = new TestLedger();
    run(ledger, seed, 60);
    var state = ledger.reader().state();
    assertThat(Assets.sumOfBalances(state, GOLD)).isEqualTo(Assets.supply(state, GOLD));
    assertThat(Assets.supply(state, GOLD)).isGreaterThanOrEqualTo(1_500);
  }

  @Test
  @Tag("fault-54")
  void stopsAndNamesTheFirstDifferingKeyWhenReplayGivesAnotherState() {
    var honest = new TestLedger();
    honest.run(START + 1, honest.transfer(ALICE, BOB, 10, 1));
    honest.run(START + 2, honest.transfer(BOB, CAROL, 10, 2));
    var replayed = new InMemoryLedgerStore();
    copyAttestations(honest, replayed);

    var ledger = new TestLedger(honest.genesis, new BrokenAssets(), replayed);
    ledger.run(honest.blocks().get(1));

    assertThatThrownBy(() -> ledger.run(honest.blocks().get(2)))
        .isInstanceOfSatisfying(
            StateDivergence.class,
            divergence -> {
              assertThat(divergence.height()).isEqualTo(Height.of(2));
              assertThat(divergence.firstDifference().orElseThrow().key())
                  .isEqualTo(Assets.balanceKey(GOLD, CAROL));
            })
        .hasMessageContaining("height 2")
        .hasMessageContaining("balance/gold/carol");
    assertThat(ledger.reader().lastExecuted()).isEqualTo(Height.of(1));
  }

  @Test
  @Tag("fault-54")
  void stopsBeforeItStoresWhatAQuorumContradicts() {
    var honest = new TestLedger();
    honest.run(START + 1, honest.transfer(BOB, CAROL, 10, 1));
    var ledger = new TestLedger(honest.genesis, new BrokenAssets(), new InMemoryLedgerStore());
    var theirs = honest.reader().statement(Height.of(1)).orElseThrow();
    ledger.store.commit(
        Attestations.open(TestLedger.validators(), Optional.empty(), ledger.store)
            .add(ledger.certificate(theirs, 3))
            .writes());

    assertThatThrownBy(() -> ledger.run(honest.blocks().get(1)))
        .isInstanceOf(StateDivergence.class)
        .hasMessageContaining(theirs.stateRoot().hex())
        .hasMessageContaining("own state delta");
    assertThat(ledger.reader().lastExecuted()).isEqualTo(Height.ZERO);
  }

  @Test
  void refusesAStoreOfAnotherLedger() {
    var ledger = new TestLedger();
    var other = TestLedger.genesis(new LedgerParameters(1 << 20, 600_000, 100, 1, 5_000));

    assertThatThrownBy(() -> new TestLedger(other, new Assets(), ledger.store))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void stopsAtABlockThatDoesNotFollowTheLast() {
    var ledger = new TestLedger();
    ledger.run(START + 1);
    var skipping = ledger.child(ledger.next(START + 2, List.of()), START + 3, List.of());

    assertThatThrownBy(() -> ledger.run(skipping)).isInstanceOf(InvariantViolation.class);
  }

  @Test
  @DisplayName(
      "an application that throws fails its transaction, a store that throws stops the node")
  void tellsABrokenApplicationFromABrokenStore() {
    var breaking = new BreakableStore();
    var ledger = new TestLedger(throwingGenesis(), new Throwing(), breaking);
    var executed =
        ledger.run(
            START + 1, keyed(ledger, "ffff", 1), keyed(ledger, "00", 2), keyed(ledger, "7a", 3));

    assertThat(TestLedger.texts(executed)).containsExactly("APPLICATION_FAILED", "REFUSED", "OK");
    assertThat(executed.faults()).hasSize(1);
    var state = ledger.reader().state();
    assertThat(state.get(Bytes.fromHex("ffff"))).isEmpty();
    assertThat(state.get(Bytes.fromHex("00"))).isEmpty();
    assertThat(state.get(Bytes.fromHex("7a"))).isPresent();

    breaking.isBroken = true;
    assertThatThrownBy(() -> ledger.run(START + 2, keyed(ledger, "7b", 4)))
        .isInstanceOf(StateUnavailable.class);
  }

  /** Gives carol, once she holds any gold, as much as alice has: a bug. */
  private static final class BrokenAssets implements Application {
    private final Assets assets = new Assets();

    @Override
    public String name() {
      return Assets.NAME;
    }

    @Override
    public void initLedger(Bytes genesisState, State state) {
      assets.initLedger(genesisState, state);
    }

    @Override
    public boolean authorises(AccountId sender, PublicKey key, StateReader state) {
      return assets.authorises(sender, key, state);
    }

    @Override
    public Outcome apply(OrderedTransaction transaction, State state) {
      var outcome = assets.apply(transaction, state);
      var carol = Assets.balanceKey(GOLD, CAROL).name();
      var alice = Assets.balanceKey(GOLD, ALICE).name();
      if (state.get(carol).isPresent()) {
        state.put(carol, state.get(alice).orElseThrow());
      }
      return outcome;
    }
  }

  /** Notes each payload; only then refuses 00 and throws at all that is longer. */
  private static final class Throwing implements Application {
    @Override
    public String name() {
      return "throwing";
    }

    @Override
    public Outcome apply(OrderedTransaction transaction, State state) {
      boolean isKnown = state.get(transaction.payload()).isPresent();
      state.put(transaction.payload(), transaction.payload());
      if (transaction.payload().length() > 1) {
        throw new IllegalStateException("a bug");
      }
      return isKnown || transaction.payload().at(0) == 0 ? Outcome.failed("REFUSED") : Outcome.ok();
    }
  }

  private static final class BreakableStore implements LedgerStore {
    private final InMemoryLedgerStore sound = new InMemoryLedgerStore();
    private boolean isBroken;

    @Override
    public void commit(WriteSet writes) {
      sound.commit(writes);
    }

    @Override
    public void defer(WriteSet writes) {
      sound.defer(writes);
    }

    @Override
    public Optional<Bytes> get(Table table, Bytes key) {
      if (isBroken && table == Table.STATE) {
        throw new IllegalStateException("disk gone");
      }
      return sound.get(table, key);
    }

    @Override
    public List<Entry> range(Table table, Bytes from, Bytes to, int limit) {
      return sound.range(table, from, to, limit);
    }

    @Override
    public Optional<Entry> floor(Table table, Bytes key) {
      return sound.floor(table, key);
    }
  }

  private static Genesis throwingGenesis() {
    return TestLedger.genesis(LedgerParameters.DEFAULT, "throwing", Bytes.EMPTY);
  }

  private static SignedTransaction keyed(TestLedger ledger, String payload, int salt) {
    var signer = TestKeys.signer("someone");
    var sender = new AccountId(signer.publicKey().hex());
    return SignedTransaction.sign(
        ledger.body(sender, Bytes.fromHex(payload), salt, START + 60_000), signer);
  }

  private static List<StateAttest> run(TestLedger ledger, long seed, int blocks) {
    var random = Seeds.random(seed);
    var statements = new ArrayList<StateAttest>();
    long time = START;
    for (int i = 0; i < blocks; i++) {
      time += 1 + random.nextInt(5_000);
      var entries = new ArrayList<SignedTransaction>();
      for (int entry = random.nextInt(6); entry > 0; entry--) {
        var from = ACCOUNTS.get(random.nextInt(3));
        var to = ACCOUNTS.get(random.nextInt(3));
        long amount = random.nextInt(400);
        var payload =
            random.nextInt(5) == 0
                ? Assets.issueAsset(GOLD, amount)
                : Assets.transfer(GOLD, to, amount);
        entries.add(
            TestLedger.sign(
                ledger.body(from, payload, random.nextInt(50), time + random.nextInt(40_000))));
      }
      statements.add(ledger.run(ledger.next(time, entries)).statement());
    }
    return statements;
  }

  private static List<Entry> all(TestLedger ledger, Table table) {
    var end = Bytes.copyOf(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1});
    return ledger.store.range(table, Bytes.EMPTY, end, Integer.MAX_VALUE);
  }

  private static void copyAttestations(TestLedger from, InMemoryLedgerStore to) {
    var writes = new ArrayList<Write>();
    all(from, Table.ATTESTATION)
        .forEach(row -> writes.add(new Write.Put(Table.ATTESTATION, row.key(), row.value())));
    to.commit(new WriteSet(writes));
  }
}
