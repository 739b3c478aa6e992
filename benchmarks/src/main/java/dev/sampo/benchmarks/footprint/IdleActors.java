package dev.sampo.benchmarks.footprint;

import com.typesafe.config.ConfigFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Typed actors below one parent, on the default dispatcher. */
final class IdleActors implements Crowd {

  /** Makes so many children. */
  private record Spawn(int count, CountDownLatch begun) {}

  private final ActorSystem<Spawn> system =
      ActorSystem.create(
          parent(),
          "footprint",
          ConfigFactory.parseString("pekko.loglevel = WARNING").withFallback(ConfigFactory.load()));

  private static Behavior<Spawn> parent() {
    return Behaviors.receive(
        (context, spawn) -> {
          for (int i = 0; i < spawn.count(); i++) {
            context.spawnAnonymous(Idle.create(spawn.begun()));
          }
          return Behaviors.same();
        });
  }

  @Override
  public void gather(int count) throws InterruptedException {
    var begun = new CountDownLatch(count);
    system.tell(new Spawn(count, begun));
    begun.await();
  }

  @Override
  public void close() {
    system.terminate();
    CompletableFuture<?> ended = system.getWhenTerminated().toCompletableFuture();
    ended.join();
  }
}
