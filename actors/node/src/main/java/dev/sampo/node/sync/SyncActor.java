package dev.sampo.node.sync;

import dev.sampo.core.block.Block;
import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.BatchRequest;
import dev.sampo.core.message.PeerMessage.FinalBlocks;
import dev.sampo.core.message.PeerMessage.FinalBlocksRequest;
import dev.sampo.core.message.Verified;
import dev.sampo.core.sync.BlockFetcher;
import dev.sampo.core.sync.StoredBatches;
import dev.sampo.core.sync.SyncEffect;
import dev.sampo.core.sync.SyncInput;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.core.vote.FinalityProof;
import dev.sampo.node.peer.Outbound;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Hosts the block fetcher, and serves final blocks to validators that lack them. */
public final class SyncActor extends AbstractBehavior<SyncActor.Command> {

  /** What the role is told. */
  public sealed interface Command {}

  /** Gets the final blocks in [from, target]; they go to {@code replyTo} in height order. */
  public record Fetch(
      Height from, Height target, List<ValidatorIndex> holders, ActorRef<Fetched> replyTo)
      implements Command {}

  public record NoteFinal(Height height) implements Command {}

  /** A peer's answer, checked; {@code handled} completes once it is looked at. */
  public record TakeAnswer(
      ValidatorIndex from, Verified<FinalBlocks> answer, CompletableFuture<Done> handled)
      implements Command {}

  /** A peer asks; {@code handled} completes once it is answered, so each peer waits its turn. */
  public record Serve(
      ValidatorIndex from, FinalBlocksRequest request, CompletableFuture<Done> handled)
      implements Command {}

  /** A peer asks for batches; {@code handled} as in {@link Serve}. */
  public record ServeBatches(
      ValidatorIndex from, BatchRequest request, CompletableFuture<Done> handled)
      implements Command {}

  private record Expire(long request) implements Command {}

  private record Answer(ValidatorIndex to, PeerMessage message, CompletableFuture<Done> handled)
      implements Command {}

  private record CannotAnswer(ValidatorIndex to, Throwable cause, CompletableFuture<Done> handled)
      implements Command {}

  /** What other validators are served from. */
  public record Sources(FinalBlockSource blocks, StoredBatches batches) {}

  /** Final blocks in height order with the proof for the last of them. */
  public record Fetched(List<Block> blocks, FinalityProof proof) {}

  private final TimerScheduler<Command> timers;
  private final Sources sources;
  private final Executor storage;
  private final Outbound outbound;
  private final BlockFetcher fetcher = new BlockFetcher();
  private Optional<ActorRef<Fetched>> fetchedFor = Optional.empty();

  private SyncActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Sources sources,
      Executor storage,
      Outbound outbound) {
    super(context);
    this.timers = timers;
    this.sources = sources;
    this.storage = storage;
    this.outbound = outbound;
  }

  /** Reads from {@code sources} on {@code storage}, never on the actor itself. */
  public static Behavior<Command> create(Sources sources, Executor storage, Outbound outbound) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new SyncActor(context, timers, sources, storage, outbound)));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder().onAnyMessage(this::onMessage).build();
  }

  private Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Fetch fetch -> onFetch(fetch);
      case NoteFinal(var height) -> step(new SyncInput.FinalHeightGrew(height));
      case TakeAnswer(var from, var answer, var handled) -> {
        step(new SyncInput.BlocksReceived(from, answer));
        handled.complete(Done.getInstance());
      }
      case Serve(var from, var request, var handled) ->
          serve(from, () -> sources.blocks().from(request.from()), handled);
      case ServeBatches(var from, var request, var handled) ->
          serve(from, () -> sources.batches().answer(request), handled);
      case Expire(long request) -> step(new SyncInput.RequestExpired(request));
      case Answer(var to, var message, var handled) -> {
        outbound.send(List.of(to), message);
        handled.complete(Done.getInstance());
      }
      case CannotAnswer(var to, var cause, var handled) -> {
        var self = getContext().getSelf().path().toStringWithoutAddress();
        getContext().getLog().warn("{} cannot read what validator {} asks for", self, to, cause);
        handled.complete(Done.getInstance());
      }
    }
    return this;
  }

  private void onFetch(Fetch fetch) {
    fetchedFor = Optional.of(fetch.replyTo());
    step(new SyncInput.BlocksMissing(fetch.from(), fetch.target(), fetch.holders()));
  }

  private void serve(
      ValidatorIndex to, Supplier<PeerMessage> answer, CompletableFuture<Done> handled) {
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(answer, storage),
            (message, failure) ->
                failure == null
                    ? new Answer(to, message, handled)
                    : new CannotAnswer(to, failure, handled));
  }

  private void step(SyncInput input) {
    for (var effect : fetcher.step(input)) {
      switch (effect) {
        case SyncEffect.Request(long number, var peer, var from, var patience) -> {
          outbound.send(List.of(peer), new FinalBlocksRequest(from));
          timers.startSingleTimer("request", new Expire(number), patience);
        }
        case SyncEffect.Deliver(var blocks, var proof) ->
            fetchedFor.ifPresent(replyTo -> replyTo.tell(new Fetched(blocks, proof)));
      }
    }
  }
}
