package dev.sampo.core.execution;

import static dev.sampo.core.execution.TestLedger.ALICE;
import static dev.sampo.core.execution.TestLedger.BOB;
import static dev.sampo.core.execution.TestLedger.GOLD;
import static dev.sampo.core.execution.TestLedger.START;
import static dev.sampo.core.execution.TestLedger.sign;
import static dev.sampo.core.execution.TestLedger.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sampo.core.Seeds;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.state.StateKey;
import dev.sampo.core.store.InMemoryLedgerStore;
import dev.sampo.core.store.Table;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("7.15: the dedupe set")
class DedupeSetTest {

  private static final LedgerParameters SHORT =
      new LedgerParameters(1 << 20, 60_000, 400, 1, 5_000);

  private static final LedgerParameters SMALL = new LedgerParameters(1 << 20, 60_000, 15, 1, 5_000);

  private record Remembered(TransactionId id, int salt, long validUntil, long height, int index) {}

  @ParameterizedTest
  @MethodSource("dev.sampo.core.Seeds#many")
  void behavesLikeAListOfWhatWasExecutedAcrossRestarts(long seed) {
    var random = Seeds.random(seed);
    var ledger = new TestLedger(SMALL);
    var model = new TreeMap<Integer, Remembered>();
    var sent = new ArrayList<SignedTransaction>();
    var sentSalt = new ArrayList<Integer>();
    var sentUntil = new ArrayList<Long>();
    long time = START;
    for (long height = 1; height <= 60; height++) {
      time += 1 + random.nextInt(4_000);
      long now = time;
      model.values().removeIf(entry -> (entry.validUntil / 10_000 + 1) * 10_000 <= now);
      var entries = new ArrayList<SignedTransaction>();
      var expected = new ArrayList<String>();
      for (int index = 0; index < random.nextInt(8); index++) {
        if (sent.isEmpty() || random.nextInt(3) > 0) {
          int salt = random.nextInt(60);
          long until = time - 2_000 + random.nextInt(66_000);
          sent.add(sign(ledger.body(ALICE, Assets.transfer(GOLD, BOB, 1), salt, until)));
          sentSalt.add(salt);
          sentUntil.add(until);
        }
        int pick = Math.max(0, sent.size() - 1 - random.nextInt(20));
        var entry =
            new Remembered(
                sent.get(pick).id(),
                sentSalt.get(pick),
                sentUntil.get(pick),
                height,
                entries.size());
        entries.add(sent.get(pick));
        expected.add(expected(entry, time, model));
      }
      var executed = ledger.run(ledger.next(time, entries));
      assertThat(texts(executed)).as("height %d", height).isEqualTo(expected);
      if (random.nextInt(5) == 0) {
        ledger.restart();
      }
    }
  }

  private static String expected(Remembered entry, long time, Map<Integer, Remembered> model) {
    if (entry.validUntil > time + SMALL.maxValidityMillis()) {
      return "VOID TOO_EARLY";
    }
    var first = model.get(entry.salt);
    if (first == null && model.size() >= SMALL.maxLiveIds()) {
      return "VOID DEDUPE_FULL";
    }
    if (entry.validUntil <= time) {
      return "VOID EXPIRED";
    }
    if (first != null) {
      String code = first.id.equals(entry.id) ? "ALREADY_EXECUTED" : "KEY_REUSED";
      return "DUPLICATE " + code + " " + first.height + "/" + first.index;
    }
    model.put(entry.salt, entry);
    return "OK";
  }

  @Test
  void deletesTheRowsOfWhatItHasForgotten() {
    var store = new InMemoryLedgerStore();
    var ledger = new TestLedger(TestLedger.genesis(SHORT), new Assets(), store);
    for (int i = 0; i < 30; i++) {
      ledger.run(START + 1 + i, ledger.transfer(ALICE, BOB, 1, i));
    }
    for (int i = 0; i < 5; i++) {
      ledger.run(START + 100_000 + i);
    }
    assertThat(store.size(Table.DEDUPE)).isZero();
  }

  @ParameterizedTest
  @MethodSource("dev.sampo.core.Seeds#few")
  void itsLeafIsAChainOverWhatEachBlockAddedAcrossRestarts(long seed) {
    var random = Seeds.random(seed);
    var ledger = new TestLedger(SHORT);
    var chain = DedupeBucket.EMPTY;
    for (int height = 1; height <= 12; height++) {
      var added = new TreeMap<Hash, Bytes>();
      var entries = new ArrayList<SignedTransaction>();
      for (int index = 0; index < random.nextInt(1, 5); index++) {
        var body =
            ledger.body(ALICE, Assets.transfer(GOLD, BOB, 1), 10 * height + index, START + 60_000);
        entries.add(sign(body));
        added.put(
            body.dedupeKey(),
            new LiveTransaction(
                    entries.getLast().id(), Height.of(height), index, true, body.validUntil())
                .encoded());
      }
      ledger.run(ledger.next(START + height, entries));
      ledger.certify(height);
      chain = chain.with(added);
      assertThat(leaf(ledger, (START + 60_000) / 10_000)).hasValue(chain.encoded());
      if (random.nextInt(3) == 0) {
        ledger.restart();
      }
    }
  }

  @Test
  void theRowsOfABucketAreWhatItsLeafCommitsTo() throws Malformed {
    var ledger = new TestLedger(SHORT);
    long bucket = (START + 60_000) / 10_000;
    for (int i = 1; i <= 4; i++) {
      ledger.run(
          START + i, ledger.transfer(ALICE, BOB, 1, i), ledger.transfer(ALICE, BOB, 1, 100 + i));
      ledger.certify(i);
    }

    var chain = DedupeBucket.EMPTY;
    for (var row :
        ledger.store.range(
            Table.DEDUPE,
            LedgerRows.addedToBucket(bucket, Height.ZERO),
            LedgerRows.addedToBucket(bucket + 1, Height.ZERO),
            100)) {
      var added = new TreeMap<Hash, Bytes>();
      for (var key : WireReader.decode(row.value(), in -> in.list(100, WireReader::hash))) {
        added.put(
            key, ledger.store.get(Table.DEDUPE, LedgerRows.liveTransaction(key)).orElseThrow());
      }
      chain = chain.with(added);
    }
    assertThat(chain.size()).isEqualTo(8);
    assertThat(leaf(ledger, bucket)).hasValue(chain.encoded());
  }

  private static Optional<Bytes> leaf(TestLedger ledger, long bucket) {
    return ledger.reader().prove(StateKey.dedupeBucket(bucket)).orElseThrow().value();
  }

  @Test
  void leavesNoRowBehindOfKeysThatWereUsedAgain() {
    var store = new InMemoryLedgerStore();
    var ledger = new TestLedger(TestLedger.genesis(SHORT), new Assets(), store);
    long end = (START + 60_000) / 10_000 * 10_000 + 10_000;
    for (int i = 1; i <= 40; i++) {
      ledger.run(START + i, ledger.transfer(ALICE, BOB, 1, i));
    }
    var again = sign(ledger.body(ALICE, Assets.transfer(GOLD, BOB, 2), 40, end + 50_000));
    ledger.run(end, again);
    for (int i = 1; i <= 5; i++) {
      ledger.run(end + i);
    }
    assertThat(store.size(Table.DEDUPE))
        .as("its row, its place in a list, its bucket")
        .isEqualTo(3);
    for (int i = 0; i < 5; i++) {
      ledger.run(end + 100_000 + i);
    }
    assertThat(store.size(Table.DEDUPE)).isZero();
  }

  @Test
  void isPartOfTheStateAndLeavesItWhenItsBucketEnds() {
    var ledger = new TestLedger(SHORT);
    long bucket = (START + 60_000) / 10_000;
    var untouched = ledger.run(START + 1).statement().stateRoot();

    ledger.run(START + 2, ledger.transfer(ALICE, ALICE, 1, 1));
    ledger.run((bucket + 1) * 10_000 - 1);
    ledger.certify(3);
    var during = ledger.reader().prove(StateKey.dedupeBucket(bucket)).orElseThrow();
    var after = ledger.run((bucket + 1) * 10_000).statement().stateRoot();
    ledger.certify(4);

    assertThat(during.value()).isPresent();
    assertThat(ledger.reader().prove(StateKey.dedupeBucket(bucket)).orElseThrow().value())
        .isEmpty();
    assertThat(after).isEqualTo(untouched);
  }

  @Test
  void forgetsNotOneMillisecondTooEarly() {
    var ledger = new TestLedger(SHORT);
    var first = ledger.transfer(ALICE, BOB, 1, 1);
    long end = (START + 60_000) / 10_000 * 10_000 + 10_000;
    ledger.run(START + 1, first);
    var sameKey =
        List.of(
            sign(ledger.body(ALICE, Assets.transfer(GOLD, BOB, 2), 1, end + 5_000)),
            sign(ledger.body(ALICE, Assets.transfer(GOLD, BOB, 2), 1, end + 5_000)));

    assertThat(texts(ledger.run(ledger.next(end - 1, sameKey.subList(0, 1)))))
        .containsExactly("DUPLICATE KEY_REUSED 1/0");
    assertThat(texts(ledger.run(ledger.next(end, sameKey))))
        .containsExactly("OK", "DUPLICATE ALREADY_EXECUTED 3/0");
  }

  @Test
  void remembersAKeyThatIsUsedAgainBeforeItsOldRowIsDeleted() {
    var ledger = new TestLedger(SHORT);
    long end = (START + 60_000) / 10_000 * 10_000 + 10_000;
    for (int i = 1; i <= 40; i++) {
      ledger.run(START + i, ledger.transfer(ALICE, BOB, 1, i));
    }
    var again = sign(ledger.body(ALICE, Assets.transfer(GOLD, BOB, 2), 40, end + 50_000));
    assertThat(texts(ledger.run(end, again))).containsExactly("OK");
    for (int i = 1; i <= 5; i++) {
      assertThat(texts(ledger.run(end + i, again)))
          .containsExactly("DUPLICATE ALREADY_EXECUTED 41/0");
    }
  }
}
