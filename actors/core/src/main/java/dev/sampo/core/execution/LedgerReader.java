package dev.sampo.core.execution;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.execution.LedgerRows.Place;
import dev.sampo.core.execution.LedgerRows.StoredBlock;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.lane.LaneRows;
import dev.sampo.core.lane.OrderedBatches;
import dev.sampo.core.lane.OrderedBlock;
import dev.sampo.core.light.ReceiptProof;
import dev.sampo.core.light.StateProof;
import dev.sampo.core.merkle.MerklePath;
import dev.sampo.core.state.LedgerState;
import dev.sampo.core.state.StateDelta;
import dev.sampo.core.state.StateKey;
import dev.sampo.core.state.StateProver;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.state.StoredState;
import dev.sampo.core.store.EntryReader;
import dev.sampo.core.store.Table;
import dev.sampo.core.store.TableReader;
import dev.sampo.core.transaction.Receipt;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.InvariantViolation;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement.StateAttest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what execution has committed. What is returned for a height is complete on this node (fault
 * 99). As thread-safe as the tables.
 */
public final class LedgerReader {

  private final TableReader tables;

  public LedgerReader(TableReader tables) {
    this.tables = tables;
  }

  /** 0 if only the genesis, or nothing yet, is stored. */
  public Height lastExecuted() {
    return height(LedgerRows.META_LAST_EXECUTED).orElse(Height.ZERO);
  }

  /** The header of the block that was executed last. */
  public Optional<BlockHeader> lastHeader() {
    return header(lastExecuted());
  }

  /** The document that the ledger started from. */
  public Optional<Genesis> genesis() {
    return tables
        .get(Table.META, LedgerRows.META_GENESIS)
        .map(row -> LedgerRows.stored(row, Genesis::decode));
  }

  public Optional<Block> block(Height height) {
    return storedBlock(height).map(StoredBlock::block);
  }

  /** Without the rest of the block, which is long. */
  public Optional<BlockHeader> header(Height height) {
    return tables.get(Table.BLOCK, LedgerRows.height(height)).map(LedgerRows::readHeader);
  }

  public Optional<Block> block(Hash hash) {
    return tables
        .get(Table.BLOCK_HEIGHT, hash.value())
        .map(LedgerRows::readHeight)
        .flatMap(this::block);
  }

  /** Proof that the block at {@code height}, from 1 on, is final. */
  public Optional<FinalityProof> finalityProof(Height height) {
    var chain = new ArrayList<BlockHeader>();
    for (var at = height; chain.size() < FinalityProof.CHAIN_LENGTH_MAX; at = at.next()) {
      var stored = storedBlock(at);
      if (stored.isEmpty()) {
        return Optional.empty();
      }
      if (stored.get().proof().isPresent()) {
        var proof = stored.get().proof().get();
        chain.addAll(proof.chain());
        return chain.size() <= FinalityProof.CHAIN_LENGTH_MAX
            ? Optional.of(new FinalityProof(chain, proof.finalization()))
            : Optional.empty();
      }
      chain.add(stored.get().block().header());
    }
    return Optional.empty();
  }

  /**
   * The block at {@code height} with all that it orders, in the order of its results; nothing if
   * the store lacks it or a batch of it.
   */
  public Optional<OrderedBlock> ordered(Height height) {
    if (height.equals(Height.ZERO)) {
      return block(height).map(OrderedBlock::inline);
    }
    var parent = block(Height.of(height.number() - 1)).map(Block::cut);
    return block(height)
        .flatMap(
            block ->
                parent.flatMap(
                    cut ->
                        OrderedBlock.of(
                            block, cut, (lane, tip) -> LaneRows.batch(tables, lane, tip))));
  }

  /**
   * EX7: what was ordered up to {@code last}, the newest final block that is stored, and up to each
   * height below it down to the certified state that it refers to.
   */
  public OrderedBatches orderedUpTo(Block last) {
    if (last.cut().batches() == 0) {
      return OrderedBatches.from(last);
    }
    var state = last.header().content().stateHeight();
    var ordered = OrderedBatches.from(storedAt(state));
    for (var height = state.next(); !height.isAfter(last.height()); height = height.next()) {
      ordered.add(storedAt(height));
    }
    return ordered;
  }

  /** What became of each entry of a block, in its order. */
  public List<TransactionResult> results(Height height) {
    return tables
        .range(
            Table.RESULT,
            new Place(height, 0).encoded(),
            new Place(height.next(), 0).encoded(),
            Integer.MAX_VALUE)
        .stream()
        .map(EntryReader.Entry::value)
        .map(row -> LedgerRows.stored(row, TransactionResult::decode))
        .toList();
  }

  /** The receipt of a transaction that was executed. */
  public Optional<Receipt> receipt(TransactionId id) {
    return tables
        .get(Table.TRANSACTION, id.hash().value())
        .flatMap(place -> tables.get(Table.RESULT, place))
        .map(row -> LedgerRows.stored(row, TransactionResult::decode))
        .flatMap(
            result ->
                result instanceof TransactionResult.Executed(var receipt)
                    ? Optional.of(receipt)
                    : Optional.empty());
  }

  /** The roots that this node computed for a height. */
  public Optional<StateAttest> statement(Height height) {
    return tables
        .get(Table.ATTESTATION, LedgerRows.ownStatement(height))
        .map(row -> LedgerRows.stored(row, LedgerRows::decodeStatement));
  }

  /**
   * The newest attestations that are due, newest last; signed and sent again after a restart
   * (7.12).
   */
  public List<StateAttest> newestStatements(int count) {
    var genesis = genesis();
    var newest = new ArrayList<StateAttest>();
    var height = lastExecuted().number();
    while (genesis.isPresent() && height > 0 && newest.size() < count) {
      var header = block(Height.of(height)).map(Block::header);
      if (header.isPresent() && LedgerExecutor.isAttested(header.get(), genesis.get())) {
        statement(Height.of(height)).ifPresent(newest::addFirst);
      }
      height--;
    }
    return newest;
  }

  /** Which keys the block at {@code height} changed on this node. */
  public Optional<StateDelta> delta(Height height) {
    return tables
        .get(Table.ATTESTATION, LedgerRows.delta(height))
        .map(row -> LedgerRows.stored(row, StateDelta::decode));
  }

  public Optional<Certificate> stateCertificate(Height height) {
    return tables
        .get(Table.ATTESTATION, LedgerRows.certificate(height))
        .map(LedgerReader::certificate);
  }

  /** In height order from {@code from} on, as far as they are stored; at most {@code limit}. */
  public List<Certificate> stateCertificates(Height from, int limit) {
    var newest = height(LedgerRows.META_LAST_CERTIFIED);
    return newest.isEmpty() || newest.get().isBefore(from)
        ? List.of()
        : tables
            .range(
                Table.ATTESTATION,
                LedgerRows.certificate(from),
                LedgerRows.certificate(newest.get().next()),
                limit)
            .stream()
            .map(EntryReader.Entry::value)
            .map(LedgerReader::certificate)
            .toList();
  }

  public Optional<Certificate> newestStateCertificate() {
    return height(LedgerRows.META_LAST_CERTIFIED).flatMap(this::stateCertificate);
  }

  /** The newest state, which may not be certified yet. */
  public StateReader state() {
    return new StoredState(tables);
  }

  /**
   * What a key is under the newest root that is both certified and executed here; nothing before
   * the first one, or if execution is more than {@link LedgerState#RETENTION} heights beyond it.
   */
  public Optional<StateProof> prove(StateKey key) {
    return newestProvable()
        .flatMap(
            certified ->
                proverAt(certified)
                    .flatMap(prover -> prover.prove(key))
                    .flatMap(proven -> prove(certified, key, proven)));
  }

  /**
   * Proves what was after the block at {@code at}; nothing if that is not executed here, or more
   * than {@link LedgerState#RETENTION} heights ago.
   */
  public Optional<StateProver> proverAt(Height at) {
    return LedgerState.prover(tables, at);
  }

  /** The newest height whose state is both certified and executed here. */
  public Optional<Height> newestProvable() {
    return tables
        .floor(Table.ATTESTATION, LedgerRows.certificate(lastExecuted()))
        .filter(row -> LedgerRows.isCertificate(row.key()))
        .map(row -> certificate(row.value()))
        .map(LedgerRows::heightOf);
  }

  private Optional<StateProof> prove(Height at, StateKey key, StateProver.Proven proven) {
    return finalityProof(at)
        .flatMap(
            finality ->
                stateCertificate(at)
                    .map(
                        state ->
                            new StateProof(finality, state, key, proven.value(), proven.proof())));
  }

  /** Proof of the receipt of a transaction, once the roots of its block are certified. */
  public Optional<ReceiptProof> proveReceipt(TransactionId id) {
    return receipt(id).flatMap(this::prove);
  }

  private Optional<ReceiptProof> prove(Receipt receipt) {
    var finality = finalityProof(receipt.height());
    var certificate = stateCertificate(receipt.height());
    if (finality.isEmpty() || certificate.isEmpty()) {
      return Optional.empty();
    }
    var leaves = LedgerExecutor.receiptsOf(results(receipt.height()));
    var path = MerklePath.of(leaves, leaves.indexOf(receipt.encoded()));
    return Optional.of(new ReceiptProof(finality.get(), certificate.get(), receipt, path));
  }

  private Block storedAt(Height height) {
    return block(height).orElseThrow(() -> new InvariantViolation("no block at " + height));
  }

  private Optional<StoredBlock> storedBlock(Height height) {
    return tables
        .get(Table.BLOCK, LedgerRows.height(height))
        .map(row -> LedgerRows.stored(row, StoredBlock::decode));
  }

  private Optional<Height> height(Bytes metaKey) {
    return tables.get(Table.META, metaKey).map(LedgerRows::readHeight);
  }

  private static Certificate certificate(Bytes row) {
    return LedgerRows.stored(row, LedgerRows::decodeCertificate);
  }
}
