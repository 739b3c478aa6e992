package dev.sampo.node.sync;

import dev.sampo.core.block.Block;
import dev.sampo.core.message.PeerMessage.FinalBlocks;
import dev.sampo.core.message.PeerMessage.FinalBlocksRequest;
import dev.sampo.core.message.Verified;
import dev.sampo.core.sync.BlockFetcher;
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

  private record Expire(long request) implements Command {}

  private record Answer(Serve serve, FinalBlocks blocks) implements Command {}

  private record CannotAnswer(Serve serve, Throwable cause) implements Command {}

  /** Final blocks in height order with the proof for the last of them. */
  public record Fetched(List<Block> blocks, FinalityProof proof) {}

  private final TimerScheduler<Command> timers;
  private final FinalBlockSource source;
  private final Executor storage;
  private final Outbound outbound;
  private final BlockFetcher fetcher = new BlockFetcher();
  private Optional<ActorRef<Fetched>> fetchedFor = Optional.empty();

  private SyncActor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      FinalBlockSource source,
      Executor storage,
      Outbound outbound) {
    super(context);
    this.timers = timers;
    this.source = source;
    this.storage = storage;
    this.outbound = outbound;
  }

  /** Reads blocks of {@code source} on {@code storage}, never on the actor itself. */
  public static Behavior<Command> create(
      FinalBlockSource source, Executor storage, Outbound outbound) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new SyncActor(context, timers, source, storage, outbound)));
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
      case Serve serve -> onServe(serve);
      case Expire(long request) -> step(new SyncInput.RequestExpired(request));
      case Answer(var serve, var blocks) -> {
        outbound.send(List.of(serve.from()), blocks);
        serve.handled().complete(Done.getInstance());
      }
      case CannotAnswer(var serve, var cause) -> {
        getContext().getLog().warn("cannot read blocks for validator {}", serve.from(), cause);
        serve.handled().complete(Done.getInstance());
      }
    }
    return this;
  }

  private void onFetch(Fetch fetch) {
    fetchedFor = Optional.of(fetch.replyTo());
    step(new SyncInput.BlocksMissing(fetch.from(), fetch.target(), fetch.holders()));
  }

  private void onServe(Serve serve) {
    getContext()
        .pipeToSelf(
            CompletableFuture.supplyAsync(() -> source.from(serve.request().from()), storage),
            (blocks, failure) ->
                failure == null ? new Answer(serve, blocks) : new CannotAnswer(serve, failure));
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
