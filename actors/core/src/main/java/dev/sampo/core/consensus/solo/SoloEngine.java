package dev.sampo.core.consensus.solo;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.BlockType;
import dev.sampo.core.block.Cut;
import dev.sampo.core.consensus.ConsensusEngine;
import dev.sampo.core.consensus.Effect;
import dev.sampo.core.consensus.EngineEvent;
import dev.sampo.core.consensus.EngineStatus;
import dev.sampo.core.consensus.Input;
import dev.sampo.core.consensus.InvariantViolation;
import dev.sampo.core.consensus.Moment;
import dev.sampo.core.consensus.Promise;
import dev.sampo.core.consensus.Recovered;
import dev.sampo.core.consensus.TimerId;
import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.Signature;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement;
import dev.sampo.core.vote.Vote;
import dev.sampo.core.wire.WireWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Orders blocks for a ledger with one validator: what it writes down and signs is final. The quorum
 * of one is one, so its proofs are those of any other ledger.
 */
public final class SoloEngine implements ConsensusEngine {

  /** Execution may lag so many blocks behind before no further block is proposed. */
  private static final int UNSTORED_MAX = 64;

  private final Genesis genesis;
  private final ValidatorIndex self = ValidatorIndex.of(0);
  private final ArrayDeque<Block> unstored = new ArrayDeque<>();
  private final ArrayDeque<Block> resumed = new ArrayDeque<>();
  private final List<Effect> effects = new ArrayList<>();
  private boolean started;
  private Block tip;
  private Optional<Block> pending = Optional.empty();
  private Optional<Promise> settled = Optional.empty();
  private Optional<View> drafted = Optional.empty();
  private Optional<Statement.StateAttest> state = Optional.empty();
  private boolean payloadWaiting;
  private boolean idle;
  private long sequence;

  public SoloEngine(Genesis genesis, ValidatorIndex self) {
    if (genesis.validators().size() != 1 || !self.equals(this.self)) {
      throw new IllegalArgumentException("the solo engine needs a ledger with one validator");
    }
    this.genesis = genesis;
    this.tip = genesis.block();
  }

  @Override
  public List<Effect> step(Input input, Moment now) {
    if (started == input instanceof Input.Started) {
      throw new InvariantViolation("the first input is Started, and no other is: " + input);
    }
    handle(input, now);
    settle(now);
    var done = List.copyOf(effects);
    effects.clear();
    return done;
  }

  @Override
  public EngineStatus status() {
    var stored =
        unstored.isEmpty() ? tip.height().number() : unstored.getFirst().height().number() - 1;
    return new EngineStatus(Epoch.ZERO, nextView(), self, tip.view(), Height.of(stored));
  }

  private void handle(Input input, Moment now) {
    switch (input) {
      case Input.Started(var recovered) -> start(recovered);
      case Input.StatementSigned(var statement, var signature) -> signed(statement, signature);
      case Input.PayloadBuilt(var view, var transactions, var cut) ->
          payload(view, transactions, cut, now);
      case Input.WorkChanged(var hasWork) -> payloadWaiting = hasWork;
      case Input.TimerFired(var timer) -> {
        boolean current = timer.equals(idleTimer(nextView()));
        idle = idle || (timer.kind() == TimerId.Kind.IDLE && current);
      }
      case Input.BlockStored(_, var height) -> {
        while (!unstored.isEmpty() && !unstored.getFirst().height().isAfter(height)) {
          var stored = unstored.removeFirst();
          settled = Optional.of(new Promise.FinalUpTo(stored.view(), stored.hash()));
        }
      }
      case Input.StateCertified(var certificate) -> {
        if (certificate.statement() instanceof Statement.StateAttest attested) {
          state =
              state
                  .filter(known -> !attested.height().isAfter(known.height()))
                  .or(() -> Optional.of(attested));
        }
      }
      // A block costs no more than the write that it is.
      case Input.HostBusy b -> {}
      // There are no peers.
      case Input.MessageReceived m -> {}
      case Input.BatchesAvailable b -> {}
      case Input.InlineJudged j -> {}
      case Input.PeerHeard p -> {}
      case Input.IncarnationsStored i -> {}
      case Input.PeerConnected p -> {}
      case Input.PeerSuspected p -> {}
      case Input.FinalBlocksFetched f -> {}
      case Input.Persisted p -> {}
    }
  }

  /**
   * Blocks that were promised but not yet stored are final: they are signed and handed over again.
   */
  private void start(Recovered recovered) {
    started = true;
    tip = recovered.lastFinal();
    for (var promise : recovered.promises()) {
      if (promise instanceof Promise.BlockHeld(var block) && block.height().isAfter(tip.height())) {
        resumed.addLast(block);
      }
    }
    enterOrResume();
  }

  private void enterOrResume() {
    if (resumed.isEmpty()) {
      enter();
      return;
    }
    var block = resumed.removeFirst();
    if (!block.header().parent().equals(tip.hash())) {
      throw new InvariantViolation(block + " does not follow " + tip);
    }
    pending = Optional.of(block);
    effects.add(new Effect.Sign(finalizes(block)));
  }

  private void settle(Moment now) {
    boolean busy = pending.isPresent() || drafted.isPresent();
    if (busy || unstored.size() >= UNSTORED_MAX) {
      return;
    }
    if (payloadWaiting) {
      drafted = Optional.of(nextView());
      int bytesMax = genesis.parameters().inlineBytesMax();
      int batchesMax = genesis.parameters().backlog().batchesMax();
      effects.add(
          new Effect.BuildPayload(
              nextView(), List.copyOf(unstored), tip.cut(), bytesMax, batchesMax));
    } else if (idle) {
      propose(List.of(), tip.cut(), now);
    }
  }

  private void payload(View view, List<SignedTransaction> transactions, Cut cut, Moment now) {
    if (!drafted.equals(Optional.of(view))) {
      return;
    }
    drafted = Optional.empty();
    if (transactions.isEmpty() && cut.equals(tip.cut())) {
      payloadWaiting = false;
    } else {
      propose(transactions, cut, now);
    }
  }

  /** Block and promise are one group: one sync makes a block final. */
  private void propose(List<SignedTransaction> transactions, Cut cut, Moment now) {
    long bytes = transactions.stream().mapToLong(SignedTransaction::encodedLength).sum();
    if (bytes > genesis.parameters().inlineBytesMax()
        || transactions.size() > Block.INLINE_COUNT_MAX) {
      throw new InvariantViolation("the mempool's payload is above the limit of a block");
    }
    var block = new Block(header(transactions, cut, now.wallClock()), cut, transactions);
    pending = Optional.of(block);
    effects.add(new Effect.CancelTimer(idleTimer(nextView())));
    var promises = new ArrayList<Promise>();
    promises.add(new Promise.BlockHeld(block));
    promises.add(new Promise.Stated(finalizes(block)));
    settled.ifPresent(promises::add);
    settled = Optional.empty();
    effects.add(new Effect.Persist(sequence++, promises));
    effects.add(new Effect.Sign(finalizes(block)));
  }

  private void signed(Statement statement, Signature signature) {
    var block = pending.filter(waiting -> finalizes(waiting).equals(statement));
    if (block.isEmpty()) {
      return;
    }
    tip = block.get();
    pending = Optional.empty();
    unstored.addLast(tip);
    var finalization = Certificate.of(statement, List.of(new Vote(statement, self, signature)));
    var proof = new FinalityProof(List.of(tip.header()), finalization);
    effects.add(new Effect.Finalized(List.of(tip), proof));
    effects.add(new Effect.Report(new EngineEvent.BlockFinalized(tip.view(), Duration.ZERO)));
    enterOrResume();
  }

  /** TI5: block time goes on even when nothing happens. */
  private void enter() {
    idle = false;
    var after = Duration.ofMillis(genesis.parameters().idleMillis());
    effects.add(new Effect.SetTimer(idleTimer(nextView()), after));
    effects.add(new Effect.Report(new EngineEvent.ViewEntered(nextView(), self)));
  }

  private BlockHeader header(List<SignedTransaction> transactions, Cut cut, LedgerTime now) {
    var height = tip.height().next();
    var position = new BlockHeader.Position(Epoch.ZERO, nextView(), height, tip.hash(), tip.view());
    var earliest = tip.header().time().plusMillis(1);
    return new BlockHeader(
        BlockHeader.VERSION,
        tip.header().ledger(),
        position,
        now.isAfter(earliest) ? now : earliest,
        self,
        transactions.isEmpty() && cut.equals(tip.cut()) ? BlockType.EMPTY : BlockType.NORMAL,
        content(transactions, cut, height));
  }

  private BlockHeader.Content content(
      List<SignedTransaction> transactions, Cut cut, Height height) {
    var parent = tip.header().content();
    var newer =
        state.filter(
            attested ->
                attested.height().isAfter(parent.stateHeight())
                    && attested.height().isBefore(height));
    return new BlockHeader.Content(
        cut.root(),
        Block.inlineRoot(transactions),
        genesis.validatorSetHash(),
        Hash.ZERO,
        newer.map(Statement.StateAttest::height).orElse(parent.stateHeight()),
        newer
            .map(attested -> Sha256.hash(WireWriter.encode(attested::writeTo)))
            .orElse(parent.stateCertificate()));
  }

  private View nextView() {
    return tip.view().next();
  }

  private static Statement finalizes(Block block) {
    return new Statement.Finalize(Epoch.ZERO, block.view(), block.hash());
  }

  private static TimerId idleTimer(View view) {
    return new TimerId(TimerId.Kind.IDLE, view);
  }
}
