package dev.sampo.core.execution;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.execution.LedgerRows.Place;
import dev.sampo.core.execution.LedgerRows.StoredBlock;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.lane.OrderedBlock;
import dev.sampo.core.merkle.MerkleTree;
import dev.sampo.core.state.LedgerState;
import dev.sampo.core.state.ReadMemory;
import dev.sampo.core.state.StateDelta;
import dev.sampo.core.state.StateKey;
import dev.sampo.core.state.StateOverlay;
import dev.sampo.core.state.StoredState;
import dev.sampo.core.store.Overlay;
import dev.sampo.core.store.Table;
import dev.sampo.core.store.TableReader;
import dev.sampo.core.store.WriteSet;
import dev.sampo.core.store.WriteSet.Write;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.InvariantViolation;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement.StateAttest;
import dev.sampo.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Executes final blocks in order (protocol 2.11). It writes nothing itself: each block gives one
 * set of writes that belong together. It may run ahead of their commit: what it has computed it
 * reads from memory until told by {@link #committed} that the store has it. Not thread-safe.
 */
public final class LedgerExecutor {

  private final Genesis genesis;
  private final LedgerId ledger;
  private final Application application;
  private final EntryRules rules;
  private final Overlay tables;
  private final LedgerState state;
  private final DedupeSet dedupe;
  private final Optional<WriteSet> initialWrites;
  private Block last;
  // Read by the next block only, so nobody pays for it who stores each block before that.
  private Optional<ExecutedBlock> unread = Optional.empty();

  private LedgerExecutor(
      Genesis genesis, Application application, EntryRules rules, TableReader store) {
    this.genesis = genesis;
    this.ledger = genesis.ledgerId();
    this.application = application;
    this.rules = rules;
    this.tables = new Overlay(store);
    var lastExecuted = store.get(Table.META, LedgerRows.META_LAST_EXECUTED);
    var height = lastExecuted.map(LedgerRows::readHeight).orElse(Height.ZERO);
    this.state = LedgerState.open(tables, height);
    if (lastExecuted.isPresent()) {
      requireSameLedger(store);
      this.last = storedBlock(height);
      this.initialWrites = Optional.empty();
    } else {
      this.last = genesis.block();
      this.initialWrites = Optional.of(initialise());
    }
    this.dedupe = new DedupeSet(tables);
  }

  /**
   * Continues after the block that {@code store} holds last; throws {@link
   * IllegalArgumentException} if it holds another ledger or the genesis state makes no sense.
   */
  public static LedgerExecutor open(
      Genesis genesis, Application application, TransactionVerdicts verdicts, TableReader store) {
    if (!genesis.application().equals(application.name())) {
      throw new IllegalArgumentException(
          "the ledger runs " + genesis.application() + ", not " + application.name());
    }
    return new LedgerExecutor(
        genesis, application, new EntryRules(genesis, application, verdicts), store);
  }

  /** What an empty store must be given, before or together with the writes of the first block. */
  public Optional<WriteSet> initialWrites() {
    return initialWrites;
  }

  public Height lastExecuted() {
    return last.height();
  }

  public BlockHeader lastHeader() {
    return last.header();
  }

  /**
   * Executes the block that follows the last.
   *
   * @param proof that this block is final, or a later one of those that became final with it
   * @throws StateDivergence if an earlier execution here gave other roots; the process must stop
   */
  public ExecutedBlock execute(OrderedBlock ordered, FinalityProof proof) {
    var block = ordered.block();
    requireNext(block);
    unread.ifPresent(before -> tables.add(before.block().height().number(), before.writes()));
    var context = new BlockContext(ledger, block.height(), block.header().time());
    dedupe.begin(context.time());
    var before = new ReadMemory(new StoredState(tables));
    var execution = new BlockExecution(application, rules, dedupe, context, before);
    var results = execution.run(ordered.entries());
    var leaves = leavesOf(execution.state());
    var writes = new ArrayList<Write>(dedupe.finish(block.height(), leaves));
    var version = state.commit(block.height(), leaves, before);
    var receipts = receiptsOf(results);
    var statement =
        new StateAttest(
            block.header().epoch(),
            block.height(),
            block.hash(),
            version.root(),
            MerkleTree.root(receipts));
    requireAgreement(statement, version.delta());
    writes.addAll(version.writes());
    writes.addAll(rowsOf(block, proof));
    writes.addAll(rowsOf(block.height(), results));
    writes.addAll(rowsOf(statement, version.delta()));
    var executed =
        new ExecutedBlock(
            ordered,
            results,
            statement,
            isAttested(block.header(), genesis),
            version.delta(),
            execution.faults(),
            new WriteSet(writes));
    unread = Optional.of(executed);
    last = block;
    return executed;
  }

  /** The store holds everything up to and including this height. */
  public void committed(Height height) {
    unread = unread.filter(executed -> executed.block().height().isAfter(height));
    tables.committed(height.number());
  }

  /** Whether validators attest the state after a block (2.11). */
  static boolean isAttested(BlockHeader header, Genesis genesis) {
    return header.height().number() % genesis.parameters().attestEvery() == 0
        || header.type() == BlockType.EPOCH_END;
  }

  static List<Bytes> receiptsOf(List<TransactionResult> results) {
    var receipts = new ArrayList<Bytes>();
    for (var result : results) {
      if (result instanceof TransactionResult.Executed(var receipt)) {
        receipts.add(receipt.encoded());
      }
    }
    return receipts;
  }

  private WriteSet initialise() {
    var overlay = StateOverlay.unbounded(new StoredState(tables));
    application.initLedger(genesis.applicationState(), overlay);
    var version = state.commit(Height.ZERO, leavesOf(overlay));
    var block = genesis.block();
    var statement =
        new StateAttest(
            block.header().epoch(),
            block.height(),
            block.hash(),
            version.root(),
            MerkleTree.root(List.of()));
    requireAgreement(statement, version.delta());
    var writes = new ArrayList<Write>(version.writes());
    writes.add(new Write.Put(Table.META, LedgerRows.META_GENESIS, genesis.encoded()));
    writes.addAll(blockRows(new StoredBlock(block, Optional.empty())));
    writes.addAll(rowsOf(statement, version.delta()));
    var all = new WriteSet(writes);
    tables.add(0, all);
    return all;
  }

  private void requireSameLedger(TableReader store) {
    var stored = store.get(Table.META, LedgerRows.META_GENESIS);
    if (!stored.equals(Optional.of(genesis.encoded()))) {
      throw new IllegalArgumentException("the store holds another ledger");
    }
  }

  private Block storedBlock(Height height) {
    return tables
        .get(Table.BLOCK, LedgerRows.height(height))
        .map(stored -> LedgerRows.stored(stored, StoredBlock::decode).block())
        .orElseThrow(() -> new InvariantViolation("the store lacks the block at " + height));
  }

  private void requireNext(Block block) {
    boolean follows =
        block.height().equals(last.height().next())
            && block.header().parent().equals(last.hash())
            && block.header().time().isAfter(last.header().time())
            && block.header().type() != BlockType.EPOCH_TAIL;
    if (!follows) {
      throw new InvariantViolation(block + " does not follow " + last);
    }
  }

  private static NavigableMap<StateKey, Optional<Bytes>> leavesOf(StateOverlay overlay) {
    var leaves = new TreeMap<StateKey, Optional<Bytes>>();
    overlay.writes().forEach((key, value) -> leaves.put(StateKey.application(key), value));
    return leaves;
  }

  /** Never two states for one height: neither ours before and now, nor ours and a quorum's. */
  private void requireAgreement(StateAttest computed, StateDelta delta) {
    var before =
        tables
            .get(Table.ATTESTATION, LedgerRows.ownStatement(computed.height()))
            .map(row -> LedgerRows.stored(row, LedgerRows::decodeStatement));
    if (before.isPresent() && !before.get().equals(computed)) {
      var difference =
          tables
              .get(Table.ATTESTATION, LedgerRows.delta(computed.height()))
              .map(stored -> LedgerRows.stored(stored, StateDelta::decode))
              .flatMap(earlier -> StateDelta.firstDifference(delta, earlier));
      throw StateDivergence.fromEarlier(before.get(), computed, difference);
    }
    var certified =
        tables
            .get(Table.ATTESTATION, LedgerRows.certificate(computed.height()))
            .map(
                row ->
                    LedgerRows.statementOf(LedgerRows.stored(row, LedgerRows::decodeCertificate)));
    if (certified.isPresent() && !certified.get().equals(computed)) {
      throw StateDivergence.fromQuorum(certified.get(), computed, delta);
    }
  }

  private static List<Write> rowsOf(Block block, FinalityProof proof) {
    boolean isProven = proof.target().computeHash().equals(block.hash());
    return blockRows(new StoredBlock(block, isProven ? Optional.of(proof) : Optional.empty()));
  }

  private static List<Write> blockRows(StoredBlock stored) {
    var height = LedgerRows.height(stored.block().height());
    return List.of(
        new Write.Put(Table.BLOCK, height, stored.encoded()),
        new Write.Put(Table.BLOCK_HEIGHT, stored.block().hash().value(), height),
        new Write.Put(Table.META, LedgerRows.META_LAST_EXECUTED, height));
  }

  private static List<Write> rowsOf(Height height, List<TransactionResult> results) {
    var writes = new ArrayList<Write>();
    for (int index = 0; index < results.size(); index++) {
      var place = new Place(height, index);
      writes.add(LedgerRows.putResult(place, results.get(index)));
      if (results.get(index) instanceof TransactionResult.Executed(var receipt)) {
        writes.add(LedgerRows.putTransaction(receipt.id(), place));
      }
    }
    return writes;
  }

  private static List<Write> rowsOf(StateAttest statement, StateDelta delta) {
    var height = statement.height();
    return List.of(
        new Write.Put(
            Table.ATTESTATION,
            LedgerRows.ownStatement(height),
            WireWriter.encode(statement::writeTo)),
        new Write.Put(Table.ATTESTATION, LedgerRows.delta(height), delta.encoded()));
  }
}
