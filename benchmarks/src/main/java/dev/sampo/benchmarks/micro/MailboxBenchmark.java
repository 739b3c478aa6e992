package dev.sampo.benchmarks.micro;

import dev.sampo.benchmarks.mailbox.Volley;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A message from one typed actor to another on the default dispatcher, while both are awake. */
@State(Scope.Benchmark)
public class MailboxBenchmark {

  private static final int HOPS = 10_000;

  private final CompletableFuture<ActorRef<Volley.Command>> near = new CompletableFuture<>();
  private final CompletableFuture<ActorRef<Volley.Command>> far = new CompletableFuture<>();
  private final ActorSystem<Void> system = ActorSystem.create(players(), "mailbox-benchmark");

  private Behavior<Void> players() {
    return Behaviors.setup(
        context -> {
          near.complete(context.spawn(Volley.create(), "near"));
          far.complete(context.spawn(Volley.create(), "far"));
          return Behaviors.empty();
        });
  }

  @Benchmark
  @OperationsPerInvocation(HOPS)
  public long hop() {
    var landed = new CompletableFuture<Long>();
    near.join().tell(new Volley.Ball(HOPS, far.join(), landed));
    return landed.join();
  }

  /** Leaves no thread behind. */
  @TearDown
  public void stop() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }
}
