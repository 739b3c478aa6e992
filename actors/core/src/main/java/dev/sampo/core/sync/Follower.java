package dev.sampo.core.sync;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.block.Cut;
import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.lane.LaneWalk;
import dev.sampo.core.lane.OrderedBlock;
import dev.sampo.core.message.PeerMessage.BatchRequest;
import dev.sampo.core.sync.FollowFinding.NewBlocks;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement.StateAttest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Follows a ledger without a vote: asks one source at a time for final blocks, then for the batches
 * that they order, and hands on what is complete. There is one question at a time, blocks are asked
 * for only when those before are on their way to execution, and execution has one group of blocks
 * at a time: memory is bounded by one answer and one group.
 */
public final class Follower {

  /** A group ends with the block that brings its entries to so many bytes. */
  public static final long GROUP_BYTES_MAX = 4L << 20;

  /** Between two questions when nothing is new. */
  static final Duration PAUSE = Duration.ofMillis(200);

  /** After a source that did not answer. */
  static final Duration PAUSE_UNANSWERED = Duration.ofMillis(500);

  /** A source that has nothing new so often in turn may lag: the next one is asked too. */
  static final int IDLE_TURNS_MAX = 25;

  private record Waiting(Block block, Cut parent) {}

  private final LaneWalk.Finder stored;
  private final FollowSources sources = new FollowSources();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

  /** Of the first block that waits, where each lane still has to be walked down from. */
  private final List<Optional<Tip>> open = new ArrayList<>();

  private final List<FollowEffect> effects = new ArrayList<>();
  private Optional<FinalityProof> proof = Optional.empty();
  private Block last;
  private Height certifiedFrom;
  private Height executed;
  private Height handedOn;
  private int idleTurns;
  private boolean busy;
  private boolean pausing;
  private boolean halted;

  /**
   * Continues after {@code last}.
   *
   * @param certifiedFrom from where on state certificates are wanted
   * @param stored finds batches that were kept
   */
  public Follower(Block last, Height certifiedFrom, LaneWalk.Finder stored) {
    this.last = last;
    this.certifiedFrom = certifiedFrom;
    this.executed = last.height();
    this.handedOn = last.height();
    this.stored = stored;
  }

  public List<FollowEffect> step(FollowInput input) {
    effects.clear();
    switch (input) {
      case FollowInput.SourcesKnown(var known) -> sources.set(known);
      case FollowInput.PauseOver _ -> pausing = false;
      case FollowInput.Answered(var source, var finding) -> onAnswered(source, finding);
      case FollowInput.Unanswered _ -> {
        busy = false;
        sources.turn();
        pause(PAUSE_UNANSWERED);
      }
      case FollowInput.BatchesKept _ -> busy = false;
      case FollowInput.Executed(var height) -> executed = height;
    }
    proceed();
    return List.copyOf(effects);
  }

  /** Whether every source lacks more than {@code margin} of the blocks that were executed here. */
  public boolean isAheadOfAll(long margin) {
    return sources.areAllBelow(executed.number() - margin);
  }

  /** Whether there is a source that may be asked. */
  public boolean hasSource() {
    return sources.chosen().isPresent();
  }

  private void onAnswered(String source, FollowFinding finding) {
    busy = false;
    switch (finding) {
      case NewBlocks news -> onBlocks(source, news);
      case FollowFinding.NewBatches(var batches) -> {
        if (batches.isEmpty()) {
          sources.turn();
          pause(PAUSE);
        } else {
          busy = true;
          effects.add(new FollowEffect.Keep(batches));
        }
      }
      case FollowFinding.Lie(var reason) -> {
        sources.distrust(source);
        effects.add(new FollowEffect.Distrust(source, reason));
      }
      case FollowFinding.OtherHistory(var reason) -> halt(reason);
    }
  }

  private void onBlocks(String source, NewBlocks news) {
    if (!news.certificates().isEmpty()) {
      onCertificates(source, news.certificates());
    }
    if (news.blocks().isEmpty()) {
      idleTurns++;
      if (idleTurns % IDLE_TURNS_MAX == 0) {
        sources.turn();
      }
      pause(PAUSE);
      return;
    }
    idleTurns = 0;
    // The validators have finalized it, so that it is not the source who is wrong.
    if (!news.blocks().getFirst().header().parent().equals(last.hash())) {
      halt(
          "the final block at height %s does not follow the one that is stored here: was the"
                  .formatted(last.height().next())
              + " network set up again from an older state?");
      return;
    }
    for (var block : news.blocks()) {
      waiting.addLast(new Waiting(block, last.cut()));
      last = block;
    }
    proof = news.proof();
    openFirst();
  }

  /** They come from {@link #certifiedFrom} on, and the newest of the source behind them. */
  private void onCertificates(String source, List<Certificate> certificates) {
    effects.add(new FollowEffect.Certify(certificates));
    sources.note(source, heightOf(certificates.getLast()));
    boolean hasGap = certificates.size() > 1;
    for (var certificate :
        hasGap ? certificates.subList(0, certificates.size() - 1) : certificates) {
      var height = heightOf(certificate);
      if (!height.isBefore(certifiedFrom)) {
        certifiedFrom = height.next();
      }
    }
  }

  private static Height heightOf(Certificate certificate) {
    return certificate.statement() instanceof StateAttest attest ? attest.height() : Height.ZERO;
  }

  private void proceed() {
    if (halted) {
      return;
    }
    if (executed.equals(handedOn)) {
      handOn();
    }
    if (busy || pausing) {
      return;
    }
    var missing = waiting.isEmpty() ? Optional.<BatchRequest>empty() : firstMissing();
    if (missing.isPresent()) {
      ask(source -> new FollowEffect.AskBatches(source, missing.get()));
    } else if (waiting.isEmpty()) {
      ask(source -> new FollowEffect.AskBlocks(source, last.height().next(), certifiedFrom));
    }
  }

  private interface Question {
    FollowEffect to(String source);
  }

  private void ask(Question question) {
    var source = sources.chosen();
    if (source.isPresent()) {
      busy = true;
      effects.add(question.to(source.get()));
    } else {
      pause(PAUSE);
    }
  }

  /** Hands on what is complete, up to the size of a group (D6: its last block has a proof). */
  private void handOn() {
    var group = new ArrayList<OrderedBlock>();
    long bytes = 0;
    while (!waiting.isEmpty() && bytes < GROUP_BYTES_MAX && firstMissing().isEmpty()) {
      var first = waiting.getFirst();
      var ordered = OrderedBlock.of(first.block(), first.parent(), stored);
      if (ordered.isEmpty()) {
        break;
      }
      waiting.removeFirst();
      openFirst();
      group.add(ordered.get());
      for (var entry : ordered.get().entries()) {
        bytes += entry.encodedLength();
      }
    }
    if (!group.isEmpty()) {
      var end = group.getLast().block();
      handedOn = end.height();
      effects.add(new FollowEffect.Execute(group, proofOf(end, proof.orElseThrow())));
    }
  }

  /** By the headers of those that still wait. */
  private FinalityProof proofOf(Block end, FinalityProof of) {
    if (end.header().equals(of.target())) {
      return of;
    }
    var chain = new ArrayList<BlockHeader>();
    chain.add(end.header());
    for (var each : waiting) {
      if (!each.block().header().equals(of.target())) {
        chain.add(each.block().header());
      }
    }
    chain.addAll(of.chain());
    return chain.size() > FinalityProof.CHAIN_LENGTH_MAX
        ? of
        : new FinalityProof(chain, of.finalization());
  }

  private void openFirst() {
    open.clear();
    if (!waiting.isEmpty()) {
      waiting.getFirst().block().cut().tips().forEach(tip -> open.add(Optional.of(tip)));
    }
  }

  /** Walks on where the walk before has ended. */
  private Optional<BatchRequest> firstMissing() {
    var above = waiting.getFirst().parent().tips();
    for (int i = 0; i < open.size(); i++) {
      if (open.get(i).isEmpty()) {
        continue;
      }
      var lane = ValidatorIndex.of(i);
      var walk = LaneWalk.down(lane, open.get(i).get(), above.get(i).height(), stored);
      open.set(i, walk.missing());
      if (walk.missing().isPresent()) {
        return Optional.of(
            new BatchRequest(Epoch.ZERO, lane, above.get(i).height(), walk.missing().get()));
      }
    }
    return Optional.empty();
  }

  private void pause(Duration atLeast) {
    pausing = true;
    effects.add(new FollowEffect.Pause(atLeast));
  }

  private void halt(String reason) {
    halted = true;
    effects.add(new FollowEffect.Halt(reason));
  }
}
