package dev.sampo.node.execution;

import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.execution.Attestations;
import dev.sampo.core.execution.ExecutedBlock;
import dev.sampo.core.execution.TransactionResult;
import dev.sampo.core.lane.OrderedBlock;
import dev.sampo.core.message.PeerMessage.Attestation;
import dev.sampo.core.message.PeerMessage.StateCertificates;
import dev.sampo.core.store.WriteSet;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.Certificate;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.core.vote.Statement.StateAttest;
import dev.sampo.core.vote.Vote;
import dev.sampo.node.mempool.MempoolActor;
import dev.sampo.node.peer.Outbound;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Executes final blocks in height order on the storage workers, stores each atomically, and only
 * then speaks of them: attests the state, and tells who waits.
 */
public final class ExecutionActor extends AbstractBehavior<ExecutionActor.Command> {

  /** What the role is told. */
  public sealed interface Command {}

  private record Execute(MempoolActor.Ordered ordered) implements Command {}

  /** A validator's checked attestation; {@code handled} completes once it is counted. */
  public record TakeAttestation(Vote vote, CompletableFuture<Done> handled) implements Command {}

  /** Checked state certificates; {@code handled} completes once they are looked at. */
  public record TakeCertificates(List<Certificate> certificates, CompletableFuture<Done> handled)
      implements Command {}

  /** Sends the newest attestations to a peer that is connected again (7.12). */
  public record GreetPeer(ValidatorIndex peer) implements Command {}

  public record Subscribe(ActorRef<Event> subscriber) implements Command {}

  public record GetProgress(ActorRef<AttestedProgress> replyTo) implements Command {}

  private record Applied(List<ExecutedBlock> blocks) implements Command {}

  private record CertificateStored() implements Command {}

  private record Failed(Throwable cause) implements Command {}

  /** What subscribers are told. */
  public sealed interface Event {}

  /**
   * The block and everything that follows from it are on disk.
   *
   * @param executed how many of its transactions were executed
   */
  public record BlockStored(BlockHeader header, Hash stateRoot, int executed) implements Event {}

  /** A quorum attested the state of a height. */
  public record StateCertified(Certificate certificate) implements Event {}

  /** Blocks that are executed before one synced write stores them together. */
  private static final int BATCH_MAX = 64;

  private final ExecutionSettings settings;
  private final ExecutionRoles roles;
  private final Attestations attestations;
  private final AttestedProgress.Tracker progress;
  private final ArrayDeque<BlockApplication> queue = new ArrayDeque<>();
  private final List<ActorRef<Event>> subscribers = new ArrayList<>();
  private boolean applying;

  private ExecutionActor(
      ActorContext<Command> context,
      ExecutionSettings settings,
      ExecutionRoles roles,
      Attestations attestations) {
    super(context);
    this.settings = settings;
    this.roles = roles;
    this.attestations = attestations;
    this.progress = new AttestedProgress.Tracker();
    roles.feed().serve(context.messageAdapter(MempoolActor.Ordered.class, Execute::new));
    // A restarted validator speaks of its newest states again: peers may have lost the votes
    // (7.12).
    settings
        .attester()
        .ifPresent(attester -> attester.restated().forEach(statement -> attest(statement, true)));
  }

  public static Behavior<Command> create(
      ExecutionSettings settings, ExecutionRoles roles, Attestations attestations) {
    return Behaviors.setup(context -> new ExecutionActor(context, settings, roles, attestations));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onAnyMessage(this::onMessage).build();
  }

  private Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Execute(MempoolActor.Ordered(var blocks, var proof)) -> onExecute(blocks, proof);
      case TakeAttestation(var vote, var handled) -> {
        progress.note(vote);
        handle(attestations.add(vote));
        handled.complete(Done.getInstance());
      }
      case TakeCertificates(var certificates, var handled) -> {
        certificates.forEach(certificate -> handle(attestations.add(certificate)));
        handled.complete(Done.getInstance());
      }
      case GreetPeer(var peer) ->
          settings.attester().ifPresent(attester -> greet(peer, attester.outbound()));
      case Subscribe(var subscriber) -> onSubscribe(subscriber);
      case GetProgress(var replyTo) -> replyTo.tell(progress.snapshot());
      case Applied(var blocks) -> onApplied(blocks);
      case CertificateStored stored -> {}
      case Failed(var cause) ->
          settings.failStop().stop("a final block could not be executed and stored", cause);
    }
    return this;
  }

  private void onExecute(List<OrderedBlock> blocks, FinalityProof proof) {
    queue.add(new BlockApplication(blocks, proof));
    applyNext();
  }

  private void applyNext() {
    if (applying || queue.isEmpty()) {
      return;
    }
    applying = true;
    var batch = new ArrayList<BlockApplication>();
    for (int blocks = 0; blocks < BATCH_MAX && !queue.isEmpty(); ) {
      batch.add(queue.removeFirst());
      blocks += batch.getLast().blocks().size();
    }
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(() -> settings.ledger().apply(batch), settings.storage()),
            (blocks, failure) -> failure == null ? new Applied(blocks) : new Failed(failure));
  }

  private void onApplied(List<ExecutedBlock> blocks) {
    applying = false;
    applyNext();
    for (var executed : blocks) {
      var block = executed.block();
      // The mempool first: told of the stored block, a leader asks it for what is still to be done.
      roles.feed().executed(executed.ordered(), executed.results());
      roles.outcomes().tell(new OutcomesActor.NoteExecuted(block, executed.results()));
      tellSubscribers(
          new BlockStored(
              block.header(), executed.statement().stateRoot(), countExecuted(executed)));
      settings.observer().executed(executed);
      attest(executed.statement(), executed.attestationDue());
    }
  }

  private static int countExecuted(ExecutedBlock block) {
    return (int)
        block.results().stream().filter(TransactionResult.Executed.class::isInstance).count();
  }

  private void attest(StateAttest statement, boolean due) {
    attestations.executed(statement);
    if (due) {
      settings.attester().ifPresent(attester -> attest(statement, attester));
    }
  }

  private void attest(StateAttest statement, Attester attester) {
    var signature = attester.signer().sign(statement.digest(settings.ledgerId()));
    var vote = new Vote(statement, attester.self(), signature);
    progress.note(vote);
    handle(attestations.add(vote));
    attester.outbound().broadcast(new Attestation(vote));
  }

  private void handle(Attestations.Update update) {
    update.evidence().ifPresent(settings.observer()::evidenceFound);
    if (!update.writes().writes().isEmpty()) {
      store(update.writes());
    }
    update.certified().ifPresent(newest -> tellSubscribers(new StateCertified(newest)));
  }

  /** A certificate can be had again from the peers, so nobody waits for its sync. */
  private void store(WriteSet writes) {
    getContext()
        .pipeToSelf(
            CompletableFuture.runAsync(() -> settings.ledger().defer(writes), settings.storage()),
            (done, failure) -> failure == null ? new CertificateStored() : new Failed(failure));
  }

  private void greet(ValidatorIndex peer, Outbound outbound) {
    var to = List.of(peer);
    attestations.newestOwn().forEach(vote -> outbound.send(to, new Attestation(vote)));
    attestations
        .newest()
        .ifPresent(newest -> outbound.send(to, new StateCertificates(List.of(newest))));
  }

  private void onSubscribe(ActorRef<Event> subscriber) {
    subscribers.add(subscriber);
    attestations.newest().ifPresent(newest -> subscriber.tell(new StateCertified(newest)));
  }

  private void tellSubscribers(Event event) {
    subscribers.forEach(subscriber -> subscriber.tell(event));
  }
}
